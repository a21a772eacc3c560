"""Forms of verbs that bullets have, and how each is denied."""

REGULAR = (
    "accept accuse admit agree allow announce apologize appear approve arrest ask attack ban beat believe blame call"
    " carry cause change charge claim close conduct confirm continue cover create criticize damage decide defend"
    " deliver demand denounce deny describe deserve destroy die discover donate downplay earn elect end enjoy estimate"
    " evacuate expect explain face fail fear feature finish follow force gain happen help hit hope identify include"
    " increase injure insist involve join kill launch like live love maintain manage miss move need offer open order"
    " overtake overturn own partner pass plan play pledge praise prevent promise protect prove provide pull raise rally"
    " reach recall receive reclaim recover reject release remain remove replace report require resign retire return"
    " reveal save score serve share show slam start stay step stop suffer suggest support survive threaten travel try"
    " turn undergo urge use visit vote vow wait walk want warn wed welcome work worry"
).split()
STRONG = dict(
    pair.split(":")[::-1]
    for pair in (
        "begin:began blow:blew break:broke bring:brought build:built buy:bought catch:caught choose:chose come:came"
        " draw:drew drive:drove eat:ate fall:fell feel:felt fight:fought find:found flee:fled fly:flew get:got"
        " give:gave go:went grow:grew hear:heard hide:hid hold:held keep:kept know:knew lead:led leave:left lose:lost"
        " meet:met pay:paid ride:rode rise:rose run:ran see:saw seek:sought sell:sold send:sent shake:shook shoot:shot"
        " sing:sang sink:sank sit:sat sleep:slept speak:spoke spend:spent stand:stood steal:stole strike:struck"
        " swear:swore sweep:swept swim:swam take:took teach:taught tear:tore think:thought throw:threw wake:woke"
        " wear:wore win:won write:wrote"
    ).split()
)


def _past(base: str) -> str:
    if base.endswith("y") and base[-2] not in "aeiou":
        return f"{base[:-1]}ied"
    return f"{base.removesuffix('e')}ed"


def _third_person(base: str) -> str:
    if base.endswith("y") and base[-2] not in "aeiou":
        return f"{base[:-1]}ies"
    return f"{base}es" if base.endswith(("s", "sh", "ch", "x", "o")) else f"{base}s"


# "denies": "does not deny", "won": "did not win"
VERB_FORMS = {
    **{_past(base): f"did not {base}" for base in REGULAR},
    **{past: f"did not {base}" for past, base in STRONG.items()},
    **{_third_person(base): f"does not {base}" for base in [*REGULAR, *STRONG.values()]},
}
