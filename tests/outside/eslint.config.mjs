// The schema and the operations of frontend_contracts/, judged by @graphql-eslint. Each exception says why.
import { resolve } from "node:path";
import graphql from "@graphql-eslint/eslint-plugin";

const contracts = resolve(import.meta.dirname, "../../frontend_contracts");
const languageOptions = {
  parser: graphql.parser,
  parserOptions: {
    graphQLConfig: { schema: `${contracts}/schema.graphql`, documents: `${contracts}/operations/*.graphql` },
  },
};
const plugins = { "@graphql-eslint": graphql };

// Values: they are compared by what they hold, belong to the thing that answers them, and are never fetched again.
const VALUES = [
  "Area", "AskedService", "Badge", "Charter", "Coordinator", "Correction", "Coverage", "Delays", "Document", "EventSpeaker", "ExpertHit",
  "Facet", "FacetValue", "FaqItem", "Figure", "FocalPoint", "GeoPoint", "Gone", "HandbookCredit", "Image", "ImageSource",
  "ImageSources", "MenuItem", "Money", "MoneyBreakdown", "MoneyShare", "NearbyLoge", "NoResultHelp", "PageInfo", "PageReference",
  "Partner", "PressLink", "Question", "Rating", "Redirect", "Restricted", "RichText", "Seo", "Site", "Step",
  "Suggestion", "Territory", "Tip", "Understanding", "UnderstoodPlace", "Way",
];

export default [
  {
    files: ["**/schema.graphql"],
    languageOptions,
    plugins,
    rules: {
      ...graphql.configs["flat/schema-recommended"].rules,
      ...graphql.configs["flat/schema-relay"].rules,
      // Stricter than recommended: nothing at all goes undescribed.
      "@graphql-eslint/require-description": [
        "error",
        {
          types: true,
          rootField: true,
          DirectiveDefinition: true,
          EnumValueDefinition: true,
          FieldDefinition: true,
          InputValueDefinition: true,
        },
      ],
      "@graphql-eslint/strict-id-in-types": [
        "error",
        { exceptions: { types: VALUES, suffixes: ["Connection", "Edge", "Result"] } },
      ],
      // Lists that can't grow with the network (blocks of a page, steps, shares) are plain: a connection around three
      // things would be ceremony. Which lists may be plain is held by tests/graphql_api/test_schema.py.
      "@graphql-eslint/relay-edge-types": ["error", { listTypeCanWrapOnlyEdgeType: false }],
      // ExpertSearchResult has edges and pageInfo but is no connection: it is ranked, paged forward only, and its
      // nodes are hits (values), not rows with an id. The rule takes no exceptions by name, so it is off.
      "@graphql-eslint/relay-connection-types": "off",
    },
  },
  {
    files: ["**/operations/*.graphql"],
    languageOptions,
    plugins,
    rules: {
      ...graphql.configs["flat/operations-recommended"].rules,
      // Clients with a normalised cache need the `id` of everything that has one.
      "@graphql-eslint/require-selections": "error",
    },
  },
];
