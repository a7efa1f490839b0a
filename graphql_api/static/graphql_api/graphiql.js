// Starts the explorer on this site's endpoint. `?query=…` opens it with that query.
"use strict";

const fetcher = async (body) => {
  const response = await fetch(location.pathname, {
    method: "POST",
    headers: { "Content-Type": "application/json", Accept: "application/json" },
    body: JSON.stringify(body),
  });
  return response.json();
};

const asked = new URLSearchParams(location.search).get("query");
const firstQuery = JSON.parse(document.getElementById("first-query").textContent);
const props = { fetcher, defaultQuery: firstQuery, shouldPersistHeaders: false };
if (asked) props.query = asked;
const variables = new URLSearchParams(location.search).get("variables");
if (variables) props.variables = JSON.stringify(JSON.parse(variables), null, 2);
ReactDOM.createRoot(document.getElementById("graphiql")).render(React.createElement(GraphiQL, props));
