#' Tessera from R
#'
#' Every number comes from the command `tessera`; this package hands data over and reads its files
#' back. Begin with [inspect()], [segment()] or [run()].
#'
#' @keywords internal
"_PACKAGE"

# The data of a plot, in aes().
utils::globalVariables(".data")
