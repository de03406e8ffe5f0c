"""Headings of columns about persons, in the languages of the site and of the survey tools in use.

ODK, KoBo, SurveyCTO and CommCare write `_geolocation`, `_gps_latitude`, `deviceid`, `phonenumber`, `subscriberid`,
`simserial`, `username` by themselves. A new word is one more alternative; the whole heading has to fit.
"""

from __future__ import annotations

import re
from typing import Final


def _any(*alternatives: str) -> re.Pattern[str]:
    return re.compile("|".join(alternatives), re.IGNORECASE)


HEADINGS: Final = {
    "phone": _any(
        r"(?:tele)?phone(?: ?(?:no|number|num))?|tel|mobile(?: ?(?:no|number))?|cell|whatsapp|contact ?(?:no|number)",
        r"phonenumber|simserial|subscriberid|téléphone|tel[eé]fono|celular|móvil|هاتف|رقم الهاتف|الهاتف|телефон",
        r"电话|手机|手机号|联系电话",
    ),
    "mail": _any(
        r"e ?mail(?: ?address)?|courriel|correo(?: electrónico)?|البريد الإلكتروني|эл ?почта|邮箱|电子邮件",
    ),
    "identity": _any(
        r"(?:national |identity |voter |card )id(?:entity)?(?: ?card)?(?: ?(?:no|number))?",
        r"id(?: ?card)? ?(?:no|number)",
        r"nid|nin|ssn|cpr|cpf|dni|curp|c[ée]dula|passport(?: ?no| ?number)?|pasaporte|passeport|cni|huduma|aadhaar",
        r"deviceid|imei|username|رقم الهوية|الرقم القومي|паспорт|снилс|身份证|身份证号|证件号",
    ),
    "name": _any(
        r"(?:full|first|last|family|given|middle) ?name|surname|respondent(?:'s)?(?: ?name)?|head of household ?name",
        r"name of (?:the )?(?:respondent|head|child|patient|victim|interviewee|enumerator)",
        r"(?:child|patient|victim|mother|father|guardian|enumerator|interviewer|beneficiary|witness|participant)"
        r"(?:'s)? name",
        r"nom et prénoms?|prénoms?|nom de famille|nombres? y apellidos?|apellidos?|nombre completo|nome completo",
        r"الاسم|اسم المستجيب|الاسم الكامل|фио|фамилия|имя|отчество|姓名",
    ),
    "birth": _any(
        r"dob|date ?of ?birth|birth ?date|birthday|date de naissance|fecha de nacimiento|data de nascimento",
        r"تاريخ الميلاد|дата рождения|出生日期",
    ),
    "address": _any(
        r"(?:home |street |postal |residential )?address|house ?(?:no|number)|plot ?(?:no|number)|ip ?address",
        r"adresse|direcci[óo]n|domicilio|العنوان|адрес|地址|住址",
    ),
    "place": _any(
        r"geolocation|gps(?: ?(?:coordinates|location))?|gps.?(?:latitude|longitude|precision|altitude)|geopoint",
        r"coordinates|coordonnées|coordenadas|lat(?:itude|itud)?|lon|lng|long(?:itude|itud)?|[xy] ?coord",
        r"خط العرض|خط الطول|широта|долгота|纬度|经度|坐标",
    ),
}
BARE_NAME: Final = _any(r"names?|noms?|nombres?|nome|navn")
ABOUT_PERSONS: Final = _any(
    r"sex|gender|age|sexe|âge|sexo|género|edad|genre|пол|возраст|الجنس|العمر|性别|年龄",
)
COUNTS: Final = _any(
    r"n|counts?|number|no of (?:people|persons|women|men|girls|boys|respondents|cases|victims|deaths)",
    r"number of .{2,40}|respondents|cases|victims|deaths|freq(?:uency)?|effectifs?|nombre de .{2,40}|frecuencia",
    r"número de .{2,40}|cantidad",
    r"العدد|عدد .{2,40}|число|количество|人数|数量",
)
