#' Plots of results
#'
#' `autoplot()` of 'ggplot2' draws the sizes of segments with their 95% intervals (`"shares"`), what
#' sets segments apart (`"profile"`: the answers, and means, that differ most from everybody's) and,
#' of a run with products, the fit (`"fit"`). The fit and what a change brings have plots of their
#' own. All are 'ggplot2' objects: change them as you like.
#'
#' @param object A result of [segment()], [run()], [fit()] or [whatif()].
#' @param what Which plot.
#' @param answers How many answers the profile shows.
#' @param ... Not used.
#' @return A plot of 'ggplot2'.
#' @name autoplot.tessera_segmentation
#' @examples
#' if (tessera_available() && requireNamespace("ggplot2", quietly = TRUE)) {
#'   found <- segment(
#'     as.data.frame(Titanic), active = c("Class", "Sex", "Age", "Survived"), frequency = "Freq",
#'     segments = 3, stability = 0
#'   )
#'   ggplot2::autoplot(found)
#'   ggplot2::autoplot(found, "profile")
#' }
NULL

#' @rdname autoplot.tessera_segmentation
#' @exportS3Method ggplot2::autoplot
autoplot.tessera_segmentation <- function(object, what = c("shares", "profile", "fit"), answers = 12, ...) {
  what <- match.arg(what)
  if (what == "fit") {
    if (is.null(object$fit)) fail("there is no fit: the study has no products")
    return(ggplot2::autoplot(object$fit))
  }
  if (what == "shares") share_plot(object$segments) else profile_plot(object, answers)
}

#' @rdname autoplot.tessera_segmentation
#' @exportS3Method ggplot2::autoplot
autoplot.tessera_fit <- function(object, ...) {
  cells <- object$cells
  cells$row <- in_order(titles(cells$segment, object$names), rev(titles(names(object$names), object$names)))
  cells$label <- in_order(cells$label)
  cells$text <- sub(" (", "\n(", interval(cells$fit, cells$low, cells$high), fixed = TRUE)
  cells$text[is.na(cells$text)] <- "hidden"
  cells$ink <- ifelse(!is.na(cells$fit) & cells$fit > 75, "white", "black")
  ggplot2::ggplot(cells, ggplot2::aes(.data$label, .data$row, fill = .data$fit)) +
    ggplot2::geom_tile(colour = "white", linewidth = 1) +
    ggplot2::geom_text(ggplot2::aes(label = .data$text, colour = .data$ink), size = 3, lineheight = 0.9) +
    ggplot2::scale_colour_identity() +
    ggplot2::scale_fill_gradient(low = "#f1f5f9", high = "#1d4e89", limits = c(0, 100), na.value = "grey90") +
    ggplot2::labs(
      title = "Fit of products with segments", subtitle = "0 to 100, with 95% intervals",
      x = NULL, y = NULL, fill = "Fit"
    ) +
    ggplot2::theme_minimal() +
    ggplot2::theme(panel.grid = ggplot2::element_blank(), plot.title.position = "plot")
}

#' @rdname autoplot.tessera_segmentation
#' @exportS3Method ggplot2::autoplot
autoplot.tessera_whatif <- function(object, ...) {
  rows <- object$segments
  rows$segment <- in_order(rows$segment, rev(unique(rows$segment)))
  ranged(rows, "gain", "low", "high", "segment") +
    ggplot2::labs(
      title = paste("What the change to", object$product, "brings"),
      subtitle = "Points of fit in each segment, with 95% intervals", x = NULL, y = NULL
    )
}

share_plot <- function(segments) {
  all <- titles(segments$segment, with_names(segments$name, segments$segment))
  segments$row <- in_order(all, rev(all))
  base <- sum(segments$respondents, na.rm = TRUE)
  ranged(segments, "share", "share_low", "share_high", "row") +
    ggplot2::scale_x_continuous(labels = per_cent, limits = c(0, NA)) +
    ggplot2::labs(
      title = "Sizes of the segments",
      subtitle = paste0("Share of everybody, with 95% intervals; n = ", format(base, big.mark = ",")),
      x = NULL, y = NULL
    )
}

ranged <- function(rows, value, low, high, row) {
  ggplot2::ggplot(rows, ggplot2::aes(.data[[value]], .data[[row]])) +
    ggplot2::geom_col(fill = "#9dbad5", width = 0.6) +
    ggplot2::geom_errorbarh(
      ggplot2::aes(xmin = .data[[low]], xmax = .data[[high]]), height = 0.2, na.rm = TRUE
    ) +
    ggplot2::theme_minimal() +
    ggplot2::theme(panel.grid.major.y = ggplot2::element_blank(), plot.title.position = "plot")
}

# Bars are the segment, points everybody: shares of answers; where there are only means, bars are
# Cohen's d of the segment's mean against that of everybody else.
profile_plot <- function(object, answers) {
  rows <- object$profiles[!is.na(object$profiles$share), ]
  is_share <- nrow(rows) > 0
  if (is_share) {
    rows$value <- rows$share
    rows$total <- rows$total_share
    rows$row <- ifelse(rows$label == rows$answer, rows$label, paste0(rows$label, ": ", rows$answer))
    # Answers of one label are told apart by their codes.
    key <- paste(rows$variable, rows$code, sep = "\r")
    shared <- tapply(key, rows$row, function(keys) length(unique(keys)) > 1)[rows$row]
    rows$row[shared] <- paste0(rows$row, " [", rows$code, "]")[shared]
  } else {
    rows <- effect_rows(object)
  }
  rows <- rows[!is.na(rows$value) & !is.na(rows$total), ]
  if (nrow(rows) == 0) fail("there is nothing to draw: every answer is hidden, of too few people")
  gap <- tapply(abs(rows$value - rows$total), rows$row, max)
  kept <- names(sort(gap, decreasing = TRUE))[seq_len(min(answers, length(gap)))]
  rows <- rows[rows$row %in% kept, ]
  named <- with_names(object$segments$name, object$segments$segment)
  rows$panel <- in_order(titles(rows$segment, named), titles(names(named), named))
  levels(rows$panel) <- vapply(levels(rows$panel), wrapped, "", width = 16)
  shown <- in_order(rows$row, rev(kept))
  levels(shown) <- vapply(levels(shown), wrapped, "", width = 42)
  rows$row <- shown
  ggplot2::ggplot(rows, ggplot2::aes(y = .data$row)) +
    ggplot2::geom_col(ggplot2::aes(x = .data$value), fill = "#9dbad5", width = 0.7) +
    ggplot2::geom_point(ggplot2::aes(x = .data$total), size = 1.4) +
    ggplot2::facet_wrap(ggplot2::vars(.data$panel), nrow = 1) +
    ggplot2::scale_x_continuous(
      labels = if (is_share) per_cent else ggplot2::waiver(),
      breaks = if (is_share) c(0, 0.5, 1) else ggplot2::waiver()
    ) +
    ggplot2::coord_cartesian(xlim = if (is_share) c(0, 1)) +
    ggplot2::labs(
      title = "What sets the segments apart",
      subtitle = if (is_share) {
        hidden <- if (any(!is.na(object$profiles$hidden))) "; no bar where it is hidden"
        paste0("Share of the segment (bar) and of everybody (point)", hidden)
      } else {
        "Mean of the segment against everybody else's (effect size, Cohen's d)"
      },
      x = NULL, y = NULL
    ) +
    ggplot2::theme_minimal() +
    ggplot2::theme(
      panel.grid.major.y = ggplot2::element_blank(), plot.title.position = "plot",
      panel.spacing.x = ggplot2::unit(2, "lines"), strip.clip = "off"
    )
}

effect_rows <- function(object) {
  rows <- lapply(document(object, "profiles")$segments, function(one) {
    tibble::tibble(
      segment = one$id, row = column(one$variables, "label"),
      value = column(one$variables, "effect_size", NA_real_), total = 0
    )
  })
  do.call(rbind, rows)
}

titles <- function(segments, names) paste(segments, names[segments])

wrapped <- function(text, width) paste(strwrap(text, width), collapse = "\n")

in_order <- function(values, order = unique(values)) factor(values, levels = unique(order))

per_cent <- function(share) paste0(round(100 * share), "%")
