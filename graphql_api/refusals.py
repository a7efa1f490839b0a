"""What graphql-core refuses, by kind and in French; its own English sentence goes along as a detail."""

import re
from dataclasses import dataclass

from graphql import GraphQLError, GraphQLSyntaxError

MAX_DETAIL = 500
"""Characters of a detail: it may quote what came."""


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of refusal: how graphql-core's sentence is known, ours, and whether a limit was met."""

    pattern: str
    message: str
    is_limit: bool = False


TOO_LONG = "Ce document est trop long ou trop imbriqué pour être lu."
KINDS = (
    Kind(r"Syntax Error: Document (contains more than|is nested too)", TOO_LONG, is_limit=True),
    Kind(r"Validation aborted", "Ce document est trop complexe.", is_limit=True),
    Kind(r"Maximum introspection depth", "L'introspection demandée est trop profonde.", is_limit=True),
    Kind(r"Too many", "Le document contient trop de fautes pour les dire toutes."),
    Kind(r"Syntax Error", "Le document GraphQL contient une faute de syntaxe."),
    Kind(r"Cannot query field", "Le document demande un champ qui n'existe pas."),
    Kind(r"Unknown argument", "Le document donne un argument qui n'existe pas."),
    Kind(r"Unknown type", "Le document nomme un type qui n'existe pas."),
    Kind(r"(Argument|Field) .*was not provided", "Un argument obligatoire manque."),
    Kind(r"Field .*(must not have a selection|must have)", "Les sous-champs demandés ne conviennent pas au champ."),
    Kind(r"Fields .*conflict", "Deux champs de même nom se contredisent : donnez-leur des alias."),
    Kind(r"(Variable|There can be only one variable)", "Une variable ne convient pas."),
    Kind(r".*([Ff]ragment|[Ss]pread)", "Un fragment ne convient pas."),
    Kind(r".*([Dd]irective)", "Une directive ne convient pas."),
    Kind(r".*([Oo]peration)", "L'opération demandée n'est pas claire ou n'existe pas."),
    Kind(r"(Argument .*has invalid|Expected|.*cannot represent|Value|Enum)", "Une valeur ne convient pas."),
)
OTHER = Kind("", "Le document ne correspond pas au schéma.")
EXECUTION = re.compile(r"(Argument|Directive) ")
"""How refusals begin that come while fields are read: arguments whose variables turn out not to fit."""

VARIABLE = re.compile(r"Variable '\$(\w+)'(?: has invalid value at ([\w.\[\]]+):)?")
"""How graphql-core names a variable whose value doesn't fit, and where in it."""


def kind(error: GraphQLError) -> Kind | None:
    """Which kind of refusal this is; None for an error that a field ran into: no fault of the document."""
    if error.path and not EXECUTION.match(error.message):
        return None
    return next((found for found in KINDS if re.match(found.pattern, error.message[:MAX_DETAIL])), OTHER)


def variable(error: GraphQLError) -> list[str]:
    """The way to the value of a variable that doesn't fit: its name, then fields and positions; else nothing."""
    found = VARIABLE.match(error.message[:MAX_DETAIL])
    return re.findall(r"\w+", ".".join(filter(None, found.groups()))) if found else []


def detail(error: GraphQLError) -> str:
    """graphql-core's own words, for developers."""
    text = error.message
    if isinstance(error, GraphQLSyntaxError):
        text = text.removeprefix("Syntax Error: ")
    return text if len(text) <= MAX_DETAIL else f"{text[:MAX_DETAIL]}..."
