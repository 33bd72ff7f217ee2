SET LOCALE='windows-1252'.
DATA LIST LIST /größe (F8.0) preis (F8.0) ort (A10).
BEGIN DATA.
1 0 "Köln"
0 1 "Nîmes"
END DATA.
VARIABLE LABELS größe "Größe zählt" preis "Preis in €".
MRSETS /MDGROUP NAME=$gründe LABEL="Gründe für den Kauf – 3 €" VARIABLES=größe preis VALUE=1.
SAVE OUTFILE="pspp1252.sav".
SAVE TRANSLATE /OUTFILE="pspp1252.csv" /TYPE=CSV /REPLACE /FIELDNAMES /CELLS=VALUES
  /TEXTOPTIONS FORMAT=PLAIN.
