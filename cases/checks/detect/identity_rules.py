"""The numbers whose national check is known: how each is written, and who defines it.

A new country is one line here; `module` is below `stdnum`, whose module documents the check and cites its source.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final


@dataclass(frozen=True, slots=True)
class Rule:
    """One kind of number: its name, how it is written, the check with its source, and the countries that use it.

    `certain`: reported anywhere. Else its words (`words`) or its country have to speak for it as well.
    """

    name: str
    written: str
    module: str
    source: str
    countries: tuple[str, ...]
    words: str = ""
    certain: bool = False


RULES: Final = (
    Rule("CPR", r"[0-3]\d[01]\d{3}-?\d{4}", "dk.cpr", "CPR-kontoret, personnummeret i CPR", ("DK", "GL"), "cpr"),
    Rule("CPF", r"\d{3}\.\d{3}\.\d{3}-\d{2}", "br.cpf", "Receita Federal", ("BR",), "cpf", certain=True),
    Rule("CPF", r"\d{11}", "br.cpf", "Receita Federal", ("BR",), "cpf"),
    Rule("NIR", r"[12] ?\d{2} ?\d{2} ?(?:\d{2}|2[AB]) ?\d{3} ?\d{3} ?\d{2}", "fr.nir", "INSEE", ("FR",), certain=True),
    Rule("DNI", r"\d{8}-?[A-HJ-NP-TV-Z]", "es.dni", "Ministerio del Interior", ("ES",), certain=True),
    Rule("NIE", r"[XYZ]-?\d{7}-?[A-HJ-NP-TV-Z]", "es.nie", "Ministerio del Interior", ("ES",), certain=True),
    Rule("Aadhaar", r"[2-9]\d{3}[ -]\d{4}[ -]\d{4}", "in_.aadhaar", "UIDAI, Verhoeff", ("IN",), certain=True),
    Rule("Aadhaar", r"[2-9]\d{11}", "in_.aadhaar", "UIDAI, Verhoeff", ("IN",), "aadhaar|aadhar|uid"),
    Rule("PAN", r"[A-Z]{3}P[A-Z]\d{4}[A-Z]", "in_.pan", "Income Tax Department", ("IN",), certain=True),
    Rule("EPIC", r"[A-Z]{3}\d{7}", "in_.epic", "Election Commission of India", ("IN",), "voter|epic|elector"),
    Rule("SSN", r"\d{3}-\d{2}-\d{4}", "us.ssn", "Social Security Administration", ("US",), "ssn|social", certain=True),
    Rule("SIN", r"\d{3}[ -]\d{3}[ -]\d{3}", "ca.sin", "Service Canada, Luhn", ("CA",), "sin|nas|insurance"),
    Rule("CURP", r"[A-Z]{4}\d{6}[HM][A-Z]{5}[A-Z\d]\d", "mx.curp", "RENAPO", ("MX",), certain=True),
    Rule("codice fiscale", r"[A-Z]{6}\d{2}[A-EHLMPRST]\d{2}[A-Z]\d{3}[A-Z]", "it.codicefiscale", "Agenzia Entrate",
         ("IT",), certain=True),
    Rule("RUT", r"\d{1,2}\.\d{3}\.\d{3}-[\dKk]", "cl.rut", "Registro Civil de Chile", ("CL",), certain=True),
    Rule("RUT", r"\d{7,8}-[\dKk]", "cl.rut", "Registro Civil de Chile", ("CL",), "rut|run"),
    Rule("cédula", r"\d{10}", "ec.ci", "Registro Civil del Ecuador", ("EC",), "c[ée]dula|ci"),
    Rule("cédula", r"\d{3}-\d{7}-\d", "do.cedula", "Junta Central Electoral", ("DO",), certain=True),
    Rule("KRA PIN", r"A\d{9}[A-Z]", "ke.pin", "Kenya Revenue Authority (A: individuals)", ("KE",), certain=True),
    Rule("South African ID", r"\d{6} ?\d{4} ?[01]\d{2}", "za.idnr", "Department of Home Affairs, Luhn", ("ZA",), "id"),
    Rule("NIC", r"[A-Z]\d{6}[\dA-Z]{6}\d", "mu.nid", "Civil Status Division", ("MU",), certain=True),
    Rule("CNIC", r"\d{5}-\d{7}-\d", "pk.cnic", "NADRA", ("PK",), "cnic|nic", certain=True),
    Rule("NIK", r"\d{16}", "id.nik", "Dukcapil", ("ID",), "nik|ktp"),
    Rule("MyKad", r"\d{6}-\d{2}-\d{4}", "my.nric", "JPN", ("MY",), "nric|mykad|ic", certain=True),
    Rule("Thai ID", r"\d-\d{4}-\d{5}-\d{2}-\d", "th.pin", "DOPA", ("TH",), certain=True),
    Rule("RIC", r"\d{17}[\dXx]", "cn.ric", "GB 11643-1999", ("CN",), "身份证|id", certain=True),
    Rule("RRN", r"\d{6}-[1-8]\d{6}", "kr.rrn", "Ministry of the Interior and Safety", ("KR",), certain=True),
    Rule("My Number", r"\d{4}[ -]?\d{4}[ -]?\d{4}", "jp.in_", "JP Act 27 of 2013", ("JP",), "my number|マイナンバー"),
    Rule("Israeli ID", r"\d{9}", "il.idnr", "Population Authority, Luhn", ("IL", "PS"), "id|zehut"),
    Rule("TC kimlik", r"[1-9]\d{10}", "tr.tckimlik", "NVI", ("TR",), "kimlik|tc"),
    Rule("PESEL", r"\d{11}", "pl.pesel", "Ministerstwo Cyfryzacji", ("PL",), "pesel"),
    Rule("rodné číslo", r"\d{6}/\d{3,4}", "cz.rc", "MVČR", ("CZ", "SK"), certain=True),
    Rule("personnummer", r"\d{6}(?:\d{2})?[-+]\d{4}", "se.personnummer", "Skatteverket, Luhn", ("SE",), certain=True),
    Rule("fødselsnummer", r"\d{6} ?\d{5}", "no.fodselsnummer", "Skatteetaten", ("NO",), "f[øo]dselsnummer"),
    Rule("henkilötunnus", r"\d{6}[-+A]\d{3}[\dA-Y]", "fi.hetu", "Digi- ja väestötietovirasto", ("FI",), certain=True),
    Rule("kennitala", r"\d{6}-\d{4}", "is_.kennitala", "Þjóðskrá", ("IS",), certain=False, words="kennitala"),
    Rule("CNP", r"[1-8]\d{12}", "ro.cnp", "OUG 97/2005", ("RO",), "cnp"),
    Rule("EGN", r"\d{10}", "bg.egn", "GRAO", ("BG",), "егн|egn"),
    Rule("isikukood", r"[1-8]\d{10}", "ee.ik", "EVS 585", ("EE", "LT"), "isikukood|asmens kodas"),
    Rule("OIB", r"\d{11}", "hr.oib", "Porezna uprava, ISO 7064", ("HR",), "oib"),
    Rule("EMŠO", r"\d{13}", "si.emso", "Uradni list RS", ("SI", "BA", "RS", "ME", "MK"), "emšo|jmbg|emso"),
    Rule("BSN", r"\d{4}[. ]?\d{2}[. ]?\d{3}", "nl.bsn", "RvIG, eleven test", ("NL",), "bsn|burgerservice|sofi"),
    Rule("national number", r"\d{2}\.\d{2}\.\d{2}-\d{3}\.\d{2}", "be.nn", "RRN", ("BE",), certain=True),
    Rule("AHV", r"756\.\d{4}\.\d{4}\.\d{2}", "ch.ssn", "ZAS, EAN-13", ("CH",), certain=True),
    Rule("IdNr", r"[1-9]\d ?\d{3} ?\d{3} ?\d{3}", "de.idnr", "BZSt, ISO 7064", ("DE",), "steuer-?id|idnr"),
    Rule("cartão de cidadão", r"\d{8} ?\d ?[A-Z\d]{2}\d", "pt.cc", "IRN", ("PT",), "cidad[ãa]o|cc|bi"),
    Rule("NHS number", r"\d{3}[ -]\d{3}[ -]\d{4}", "gb.nhs", "NHS Data Dictionary, modulo 11", ("GB",), "nhs"),
    Rule("PPS", r"\d{7}[A-W][ABHWTX]?", "ie.pps", "Department of Social Protection", ("IE",), "pps", certain=True),
    Rule("AMKA", r"\d{11}", "gr.amka", "IDIKA, Luhn", ("GR",), "amka|αμκα"),
    Rule("TFN", r"\d{3} ?\d{3} ?\d{3}", "au.tfn", "Australian Taxation Office", ("AU",), "tfn|tax file"),
    Rule("INN", r"\d{12}", "ru.inn", "FNS (12 digits: persons)", ("RU",), "инн|inn"),
    Rule("Cuban ID", r"\d{11}", "cu.ni", "MININT", ("CU",), "identidad|carn[ée]"),
    Rule("Peruvian DNI", r"\d{8}-?[\dA-K]", "pe.cui", "RENIEC", ("PE",), "dni|cui"),
    Rule("IMEI", r"\d{15}|\d{2}-\d{6}-\d{6}-\d", "imei", "3GPP TS 23.003, Luhn", (), "imei|device ?id"),
)  # fmt: skip
"""National numbers with a known check. `module` is below `stdnum`."""
