"""What an event on a document does to what touches it: the rules of `impact`, as data.

In words, for a document X:

- **withdrawn** 撤销: X no longer holds. What carries X out, fills in its form, cites it or waits for it,
  and a document that has X as its basis, *breaks*: its footing is gone. A measure that made, revised or is
  drafting X did its work, but the *result is undone*. A compendium that holds X, or a document whose
  procedure is linked to X, is *weakened*: it must be re-examined. Who studied or heard X has done so: *stays*.
- **amended** 修改: X goes on with other words. What rests on X is *weakened*: it must be read against the
  new words. The measure that made X keeps its result: *stays*.
- **replaced** 替代: another document takes the place of X. What rests on X is *weakened*: it must be moved
  to the new document. The measure that made X is *weakened*: its result lives on only in the successor.

Beyond the first step:

- What rests on something that breaks or is weakened is itself weakened: its own footing still stands, but
  not as before.
- A whole (a measure of actions, an issue of measures) shares the effect of its parts when every one of them
  breaks or is undone; when only some do, it is weakened; when none is touched by more than *stays*, it stays.
- Aspects and the notice contain everything and are left out, unless they touch X themselves.
"""
from __future__ import annotations

WITHDRAWN, AMENDED, REPLACED = "withdrawn", "amended", "replaced"
BREAKS, UNDONE, WEAKENED, STAYS = "breaks", "undone", "weakened", "stays"

# Words for each event and each effect: zh, en. The order of the effects is the order of a listing.
EVENTS = {WITHDRAWN: ("撤销", "withdrawn"), AMENDED: ("修改", "amended"), REPLACED: ("替代", "replaced")}
EFFECTS = {BREAKS: ("失去依据", "breaks"), UNDONE: ("成果落空", "result undone"),
           WEAKENED: ("受影响需复核", "is weakened"), STAYS: ("不受影响", "stays")}

_RESTS = ("implementsDocument", "citesBasis", "usesForm", "basedOn", "givesEffectTo", "awaits")
_MAKES = ("issuesDocument", "revisesDocument", "draftsDocument", "yieldsDocument")
_HOLDS = ("includesDocument", "interfacesWith")
# Relations that touch a document without resting on it, whatever happens to it.
_TOUCHES = ("studiesDocument", "reviewsDocument", "compilesDocument", "reportedIn", "concernsDocument",
            "mentionsDocument", "revisionOf", "compiledInto", "relatedDocument")

# event → relation of the edge that ends in the document → effect on the edge's source.
RULES: dict[str, dict[str, str]] = {
    event: {**dict.fromkeys(_RESTS, rests), **dict.fromkeys(_MAKES, makes), **dict.fromkeys(_HOLDS, WEAKENED),
            **dict.fromkeys(_TOUCHES, STAYS)}
    for event, rests, makes in ((WITHDRAWN, BREAKS, UNDONE), (AMENDED, WEAKENED, STAYS),
                                 (REPLACED, WEAKENED, WEAKENED))}
