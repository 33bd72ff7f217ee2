# A simulated survey of three kinds of shoppers, whose kind is not among the columns.
shoppers <- function() {
  set.seed(11)
  kind <- rep(1:3, 200)
  draw <- function(words, chances) {
    vapply(kind, function(one) sample(words, 1, prob = chances[[one]]), words[[1]])
  }
  often <- draw(c("seldom", "weekly", "daily"), list(c(8, 1, 1), c(1, 8, 1), c(1, 1, 8)))
  people <- data.frame(
    id = paste0("p", 1:600),
    often = factor(often, c("seldom", "weekly", "daily"), ordered = TRUE),
    where = draw(c("market", "web", "mall"), list(c(8, 1, 1), c(1, 8, 1), c(2, 1, 7))),
    spend = round(rnorm(600, c(20, 60, 100)[kind], 12), 1),
    card = draw(1:2, list(c(8, 2), c(5, 5), c(1, 9))),
    weight = sample(c(0.5, 1, 2), 600, replace = TRUE)
  )
  attr(people$card, "label") <- "Has a card & uses it"
  attr(people$card, "labels") <- c(yes = 1, no = 2)
  people$where[sample(600, 60)] <- NA
  people
}

skip_without_command <- function() testthat::skip_if_not(tessera_available(), "the command is not here")

# One run of the study that comes along, with few replicates, for all tests.
family_cars <- local({
  found <- NULL
  function() {
    skip_without_command()
    if (is.null(found)) found <<- run(example_study(), replicates = 50, progress = FALSE)
    found
  }
})

shopper_segments <- local({
  found <- NULL
  function() {
    skip_without_command()
    if (is.null(found)) {
      found <<- segment(
        shoppers(), active = c("often", "where", "spend"), passive = "card", weight = "weight",
        id = "id", segments = 3, stability = 0, progress = FALSE
      )
    }
    found
  }
})

new_folder <- function() {
  folder <- tempfile("tessera-test-")
  dir.create(folder)
  folder
}
