DATA LIST LIST /respondent_number (F8.0) gender (F1.0) satisfaction_overall (F2.0) income (F10.2) city (A12) comment (A300) seen (DATE11) at (DATETIME20) took (TIME8) tv (F1.0) radio (F1.0) web (F1.0) first (F1.0) second (F1.0) w (F6.3).
BEGIN DATA.
1 1 5 1500.50 "Zürich" "plain" 01-JAN-2026 "01-JAN-2026 10:30:00" 00:05:30 1 0 1 1 3 0.5
2 2 99 -1 "Genève" "" 29-FEB-2024 "29-FEB-2024 23:59:59" 26:00:00 0 0 0 2 . 1.25
3 1 3 . "Łódź" 'with "quotes", commas, and ü' . . . 1 1 . . . 2
4 9 1 2500 "" "x" 31-DEC-1999 "31-DEC-1999 00:00:00" 00:00:01 0 1 1 3 1 1
5 2 98 39000.75 "X" "last" 15-OCT-1582 "15-OCT-1582 00:00:00" 12:00:00 . . . 1 2 0.001
END DATA.
FILE LABEL Wave 3 by PSPP.
ADD DOCUMENT "Fieldwork in May 2026." "Weighted by region.".
VARIABLE LABELS gender "Gender of respondent" satisfaction_overall "How satisfied are you, overall? 你好" income "Net income, €" comment "Own words" tv "Media: television" radio "Media: radio" web "Media: web".
VALUE LABELS gender 1 "Männer" 2 "Frauen" 9 "not given" /satisfaction_overall 1 "very poor" 5 "very good" 98 "don't know" 99 "refused" /city "X" "elsewhere" /tv 0 "no" 1 "television" /radio 0 "no" 1 "radio" /web 0 "no" 1 "internet" /first second 1 "car" 2 "train" 3 "bicycle".
MISSING VALUES gender (9) /satisfaction_overall (98 THRU HI) /income (LO THRU -1, 39000.75) /city ("X").
VARIABLE LEVEL gender (NOMINAL) /satisfaction_overall (ORDINAL) /income w (SCALE).
VARIABLE WIDTH city (9) /comment (40).
VARIABLE ALIGNMENT city (RIGHT) /gender (CENTER).
VARIABLE ATTRIBUTE VARIABLES=gender income ATTRIBUTE=Question("Q1: what's your gender?") Panel("a") Panel[2]("b").
VARIABLE ROLE /TARGET satisfaction_overall /PARTITION gender.
DATAFILE ATTRIBUTE ATTRIBUTE=Source("panel").
MRSETS /MDGROUP NAME=$media LABEL="Media used" VARIABLES=tv radio web VALUE=1
  /MDGROUP NAME=$counted CATEGORYLABELS=COUNTEDVALUES LABEL="By counted values" VARIABLES=tv radio web VALUE=1
  /MCGROUP NAME=$modes LABEL="Modes of travel" VARIABLES=first second.
WEIGHT BY w.
SAVE OUTFILE="pspp.sav" /COMPRESSED.
SAVE OUTFILE="pspp.zsav" /ZCOMPRESSED.
SAVE TRANSLATE /OUTFILE="pspp.csv" /TYPE=CSV /REPLACE /FIELDNAMES /MISSING=IGNORE /CELLS=VALUES
  /TEXTOPTIONS FORMAT=PLAIN.
* Portable files know no Unicode, and PSPP writes "98 THRU HI" wrongly into them.
MISSING VALUES satisfaction_overall (98, 99).
EXPORT OUTFILE="pspp.por" /DROP=city comment.
DELETE VARIABLES city comment.
SAVE TRANSLATE /OUTFILE="pspp-por.csv" /TYPE=CSV /REPLACE /FIELDNAMES /MISSING=IGNORE /CELLS=VALUES
  /TEXTOPTIONS FORMAT=PLAIN.
