// The schema and the operations of frontend_contracts/, judged by @graphql-eslint. Each exception says why.
// "warn" marks what is to be changed in the schema or the operations themselves: no exception, a debt.
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
  "Badge", "Coordinator", "Correction", "Coverage", "EventSpeaker", "ExpertHit", "Facet", "FacetValue", "GeoPoint",
  "Image", "Money", "MoneyBreakdown", "MoneyShare", "NearbyLoge", "PageInfo", "Question", "Rating", "Step",
  "Suggestion", "Territory", "Understanding", "UnderstoodPlace",
];
// To be changed: pages have an identity and should tell it. Take them out of here once they do.
const WITHOUT_ID_YET = ["HomePage", "LogePageContent"];

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
        { exceptions: { types: [...VALUES, ...WITHOUT_ID_YET], suffixes: ["Connection", "Edge", "Result"] } },
      ],
      // Lists that can't grow with the network (blocks of a page, steps, shares) are plain: a connection around three
      // things would be ceremony. Which lists may be plain is held by tests/graphql_api/test_schema.py.
      "@graphql-eslint/relay-edge-types": ["error", { listTypeCanWrapOnlyEdgeType: false }],
      // To be changed: ExpertSearchResult has edges and pageInfo, so its name should end in Connection.
      "@graphql-eslint/relay-connection-types": "warn",
    },
  },
  {
    files: ["**/operations/*.graphql"],
    languageOptions,
    plugins,
    rules: {
      ...graphql.configs["flat/operations-recommended"].rules,
      // To be changed: clients with a normalised cache need the `id` of everything that has one.
      "@graphql-eslint/require-selections": "warn",
    },
  },
];
