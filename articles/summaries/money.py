"""Currencies: how they are written, and which signs and words stand for more than one of them."""

CODES = frozenset(
    "AED ARS AUD BDT BRL CAD CHF CLP CNY COP CZK DKK EGP EUR GBP GHS HKD HUF IDR ILS INR ISK JPY KES KRW LKR MXN MYR"
    " NGN NOK NPR NZD PHP PKR PLN QAR RMB RON RUB SAR SEK SGD THB TWD TZS UAH UGX USD VND ZAR".split()
)
# Signs before a number.
SIGNS = {
    "US$": "USD", "A$": "AUD", "AU$": "AUD", "C$": "CAD", "CA$": "CAD", "NZ$": "NZD", "HK$": "HKD", "S$": "SGD",
    "NT$": "TWD", "R$": "BRL", "$": "$", "£": "GBP", "€": "EUR", "¥": "¥", "₹": "INR", "₩": "KRW", "₽": "RUB",
    "₦": "NGN", "₱": "PHP", "฿": "THB", "₺": "TRY", "₪": "ILS", "₫": "VND", "₴": "UAH", "Rs": "rupee", "Rs.": "rupee",
    "Re": "rupee", "Sh": "shilling", "KSh": "KES", "Ksh": "KES", "kr": "crown", "Kr": "crown",
    **{code: code for code in CODES}, "RMB": "CNY",
}  # fmt: skip
LETTER_SIGNS = [sign for sign in SIGNS if sign.isalpha()]
# Words after one.
COINS = {
    "dollar": "$", "euro": "EUR", "pound": "GBP", "quid": "GBP", "yen": "JPY", "yuan": "CNY", "renminbi": "CNY",
    "rupee": "rupee", "franc": "CHF", "rouble": "RUB", "ruble": "RUB", "crown": "crown", "krona": "crown",
    "kronor": "crown", "krone": "crown", "kroner": "crown", "peso": "peso", "shilling": "shilling", "rand": "ZAR",
    "reais": "BRL", "zloty": "PLN", "baht": "THB", "ringgit": "MYR", "rupiah": "IDR", "naira": "NGN",
    "shekel": "ILS", "lira": "TRY", "dirham": "AED", "riyal": "SAR", "forint": "HUF", "taka": "BDT",
}  # fmt: skip
COINS |= {f"{coin}s": unit for coin, unit in COINS.items()}
NOT_ONLY_MONEY = ("pound", "crown")  # which may be a weight, a title
PENNIES = {"p": "GBP", "pence": "GBP", "cents": "$", "cent": "$"}
# What a sign or word may stand for.
FAMILIES = {
    "$": frozenset("USD AUD CAD NZD HKD SGD TWD".split()),
    "¥": frozenset("JPY CNY".split()),
    "crown": frozenset("SEK NOK DKK CZK ISK".split()),
    "peso": frozenset("MXN PHP ARS CLP COP".split()),
    "rupee": frozenset("INR PKR LKR NPR".split()),
    "shilling": frozenset("KES UGX TZS".split()),
}


def is_same_currency(one: str, other: str) -> bool:
    """Whether two may be the same: equal codes, or a sign such as "$" and a currency that it may stand for."""
    return one == other or other in FAMILIES.get(one, ()) or one in FAMILIES.get(other, ())
