"""Articles with bullets that paraphrase them in ways that headlines have, and bullets that are wrong about them."""

BRIDGE = """\
HARTWELL, Ohio (CNN) -- At least 12 people were killed and 53 injured on Tuesday when a 40-year-old bridge over the \
Miami River fell during the evening rush hour, Gov. Alice O'Neill said.

The National Transportation Safety Board has sent 19 investigators. Its chairman, Phil Rosker, said it wasn't clear \
what had caused the collapse. "We do not rule anything out," he told reporters.

Inspectors rated the bridge "structurally deficient" in 2005, but the state did not close it. Repairs would have cost \
$2.1 billion, according to a report by the University of Ohio. Roughly two-thirds of the state's 14,980 bridges were \
built before 1970.

Marta Lindqvist, 29, a nurse from Dayton, swam to the bank with her twin sons. "I never thought we would make it," she \
said. A dozen boats took part in the search, which ended at 7:30 p.m.

Prime Minister Kenji Ito of Japan sent his condolences. Two Japanese tourists are among the dead. British engineers \
from Arup, which designed the crossing, will travel to the U.S. next week. The company denies that the design was at \
fault.

Shares in the builder, Brandt & Sons, fell by 18% to $3.20, and 310 jobs are at risk. About 450,000 vehicles crossed \
the bridge every week, 5 percent more than a year earlier. The company made one in five of the country's bridges.\
"""

# True of BRIDGE, and why each is hard.
TRUE = {
    "a fragment without a verb": "12 dead in Ohio bridge collapse",
    "a hedge, and a label": "NEW: At least 12 dead, 53 hurt after Ohio bridge falls, governor says",
    "a dash and a year": "Bridge was rated “structurally deficient” in 2005 – but stayed open",
    "an acronym of a run": "NTSB sends 19 investigators to bridge",
    "dots in an acronym": "N.T.S.B. sends 19 investigators to bridge",
    "a surname with a title": "Ms. Lindqvist, 29, swam to the bank with her two sons",
    "an age as an adjective": "29-year-old nurse swam to bank with twins",
    "an age in a headline": "Nurse, 29, swam to bank with her sons",
    "a shorter amount": "Repairs would have cost $2.1bn, report says",
    "a rounded amount": "Repairs to cost state some $2 billion",
    "a rounded count": "Most of Ohio's 15,000 bridges were built before 1970",
    "a percentage for a fraction": "67% of the state's bridges were built before 1970",
    "a fraction as it is": "Two-thirds of state's bridges built before 1970",
    "a number for a dozen": "12 boats took part in search",
    "a clock with dots": "Search ended at 7.30pm",
    "a country for its people": "Two tourists from Japan among the dead",
    "the people for the country": "Japanese prime minister sends condolences",
    "an acronym of a title": "Japan's PM Kenji Ito sends condolences",
    "a nation under another name": "Engineers from the UK will travel to America",
    "per cent spelt out": "Shares in builder fell 18 per cent",
    "a nearly": "Nearly half a million vehicles crossed the bridge every week",
    "a share as a percentage": "Company made 20% of country's bridges",
    "a possessive in capitals": "BRANDT & SONS' SHARES FALL BY 18%",
    "a title case": "Arup Denies That the Design of the Bridge Was at Fault",
    "a denial": "Arup denies its design was at fault",
    "a negation on both sides": "State did not close the bridge",
    "a negation in another form": "It isn't clear what caused the collapse, chairman says",
    "a quotation": 'Nurse: "I never thought we would make it"',
    "American spelling": "Organizers of the search used a dozen boats",
    "one as a pronoun": "One of the dead is a tourist from Japan",
}

# Wrong of BRIDGE: the kind of flag that each has to get, and its colour.
FALSE = {
    "21 dead in Ohio bridge collapse": ("number", "red"),
    "At least 12 dead, 35 hurt after Ohio bridge falls": ("number", "red"),
    "Bridge was rated structurally deficient in 2006": ("number", "red"),
    "NTSB sends 90 investigators to bridge": ("number", "red"),
    "Repairs would have cost $2.1 million": ("number", "red"),
    "Repairs would have cost £2.1 billion": ("number", "red"),
    "Repairs to cost state some $3 billion": ("number", "red"),
    "One-third of state's bridges built before 1970": ("number", "red"),
    "81% of the state's bridges were built before 1970": ("number", "red"),
    "Shares in builder fell 81 per cent": ("number", "red"),
    "Eleven boats took part in search": ("number", "red"),
    "Search ended at 8.30pm": ("number", "red"),
    "Company made one in four of country's bridges": ("number", "red"),
    "Nurse, 92, swam to bank with her sons": ("number", "red"),
    "19 jobs at builder are at risk": ("number", "amber"),
    "Michigan bridge collapse kills 12": ("name", "red"),
    "Siemens denies its design was at fault": ("name", "red"),
    "FBI sends 19 investigators to bridge": ("name", "red"),
    "Marta Bergstrom, 29, swam to the bank": ("name", "red"),
    "Korean tourists among the dead": ("name", "red"),
    "Boeing A320 fell into the river": ("name", "red"),
    "Arup does not deny its design was at fault": ("negation", "amber"),
    "State closed the bridge in 2005, inspectors say": ("negation", "amber"),
    "Two Japanese tourists are not among the dead": ("negation", "amber"),
    "Shares in the builder rose by 18%": ("antonym", "amber"),
    "Parliament votes on a tax for plastic bags": ("unsupported", "red"),
    "The singer will release her third album in spring": ("unsupported", "red"),
}
