# Data frames as survey files, with labels kept. A frame without labels becomes CSV. Labels and
# factors need a format that holds them: Triple-S, a description in XML beside the CSV file.

# Writes a frame into a folder; returns the file and the columns whose answers have an order.
write_frame <- function(data, folder, name = "survey") {
  columns <- lapply(as.list(data), describe)
  names(columns) <- names(data)
  table <- file.path(folder, paste0(name, ".csv"))
  cells <- lapply(columns, function(column) quoted(column$answers))
  lines <- do.call(paste, c(unname(cells), sep = ","))
  heading <- paste(quoted(names(columns)), collapse = ",")
  write_text(c(heading, if (nrow(data) > 0) lines), table)
  if (!any(vapply(columns, function(column) column$described, NA))) {
    return(list(file = table, ordered = character()))
  }
  description <- file.path(folder, paste0(name, ".sss"))
  write_text(triple_s(columns, basename(table)), description)
  is_ordered <- vapply(columns, function(column) column$is_ordered, NA)
  list(file = description, ordered = names(columns)[is_ordered])
}

# A column as its answers in codes, with the labels of the codes where it has some.
describe <- function(answers) {
  label <- attr(answers, "label", exact = TRUE)
  codes <- NULL
  is_ordered <- is.ordered(answers)
  if (is.factor(answers)) {
    codes <- with_names(seq_along(levels(answers)), levels(answers))
    answers <- as.integer(answers)
  } else if (!is.null(attr(answers, "labels", exact = TRUE))) {
    labelled <- unlabel(answers)
    answers <- labelled$answers
    codes <- labelled$codes
  }
  list(
    answers = answers, codes = codes, label = if (is.null(label)) "" else label[[1]],
    is_ordered = is_ordered, described = !is.null(codes) || !is.null(label)
  )
}

with_names <- function(values, names) {
  names(values) <- names
  values
}

# The answers of a labelled vector without the codes that stand for missing, and its codes. Labels of
# texts are numbered; numbers with fractions, or with many answers that have no label, stay numbers.
unlabel <- function(answers) {
  labels <- attr(answers, "labels", exact = TRUE)
  gone <- attr(answers, "na_values", exact = TRUE)
  range <- attr(answers, "na_range", exact = TRUE)
  answers <- as.vector(unclass(answers))
  is_gone <- function(code) {
    code %in% gone | (if (is.null(range)) FALSE else !is.na(code) & code >= range[[1]] & code <= range[[2]])
  }
  answers[is_gone(answers)] <- NA
  labels <- labels[!is.na(labels) & !is_gone(labels)]
  found <- unique(answers[!is.na(answers)])
  if (is.character(answers)) {
    values <- unique(c(unname(labels), found))
    places <- match(values, labels)
    return(list(
      answers = match(answers, values),
      codes = with_names(seq_along(values), ifelse(is.na(places), values, names(labels)[places]))
    ))
  }
  unnamed <- setdiff(found, labels)
  if (length(labels) == 0 || length(unnamed) > 20 || any(c(found, labels) %% 1 != 0)) {
    return(list(answers = answers, codes = NULL))
  }
  codes <- c(labels, with_names(unnamed, unnamed))
  list(answers = answers, codes = codes[order(codes)])
}

quoted <- function(answers) {
  text <- plain_text(answers)
  if (!is.numeric(answers) && !is.logical(answers)) {
    text <- paste0('"', gsub('"', '""', text, fixed = TRUE), '"')
  }
  text[is.na(answers)] <- ""
  text
}

# Texts of answers: numbers with as many digits as they need, days and times as ISO 8601 has them.
plain_text <- function(answers) {
  if (inherits(answers, "POSIXt")) {
    midnight <- all(format(answers, "%H%M%S") == "000000", na.rm = TRUE)
    return(format(answers, if (midnight) "%Y-%m-%d" else "%Y-%m-%dT%H:%M:%S"))
  }
  if (inherits(answers, "Date")) return(format(answers, "%Y-%m-%d"))
  if (is.logical(answers)) return(as.character(as.integer(answers)))
  if (!is.numeric(answers) || is.factor(answers)) return(enc2utf8(as.character(answers)))
  answers <- as.vector(unclass(answers))
  text <- formatC(answers, digits = 15, width = 1, format = "fg")
  known <- !is.na(answers)
  rounded <- known
  rounded[known] <- as.numeric(text[known]) != answers[known]
  text[rounded] <- formatC(answers[rounded], digits = 17, width = 1, format = "g")
  text
}

triple_s <- function(columns, file) {
  variables <- vapply(seq_along(columns), function(place) {
    column <- columns[[place]]
    kind <- triple_s_kind(column)
    sprintf(
      '<variable ident="%d" type="%s"><name>%s</name><label>%s</label><position start="%d"/>%s</variable>',
      place, kind[[1]], escaped(names(columns)[[place]]), escaped(column$label), place, kind[[2]]
    )
  }, "")
  c(
    '<?xml version="1.0" encoding="UTF-8"?>', '<sss version="2.0"><survey>',
    sprintf('<record ident="A" format="csv" href="%s" skip="1">', file),
    variables, "</record></survey></sss>"
  )
}

triple_s_kind <- function(column) {
  if (!is.null(column$codes)) {
    values <- sprintf(
      '<value code="%s">%s</value>', plain_text(unname(column$codes)), escaped(names(column$codes))
    )
    return(c("single", paste0("<values>", paste(values, collapse = ""), "</values>")))
  }
  known <- column$answers[!is.na(column$answers)]
  if (length(known) > 0 && (is.numeric(known) || is.logical(known))) {
    ends <- plain_text(range(known))
    return(c("quantity", sprintf('<values><range from="%s" to="%s"/></values>', ends[[1]], ends[[2]])))
  }
  size <- max(1L, nchar(plain_text(known), type = "bytes"))
  c("character", sprintf("<size>%d</size>", size))
}

escaped <- function(text) {
  text <- gsub("&", "&amp;", enc2utf8(as.character(text)), fixed = TRUE)
  gsub(">", "&gt;", gsub("<", "&lt;", text, fixed = TRUE), fixed = TRUE)
}

# UTF-8 whatever the locale is.
write_text <- function(lines, path) {
  stream <- file(path, open = "wb")
  on.exit(close(stream))
  writeLines(enc2utf8(lines), stream, useBytes = TRUE)
}
