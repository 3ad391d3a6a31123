# What R's survival package says about durations.csv: the expected numbers of durations_test.cpp and of
# `live_test.mjs`, which runs this where Rscript is. Durations are simulated here with a fixed seed, never taken from an
# incident.
#   Rscript tests/statistics/r/expected.R tests/statistics/r/durations.csv          prints the expected numbers
#   Rscript tests/statistics/r/expected.R FILE --write [SEED]  writes durations anew
suppressPackageStartupMessages(library(survival))
arguments <- commandArgs(trailingOnly = TRUE)
file <- arguments[1]

if (length(arguments) > 1) {
  set.seed(if (length(arguments) > 2) as.integer(arguments[3]) else 20231030)
  censored <- function(group, lasted, watched) {
    over <- lasted <= watched
    data.frame(group = group, low = round(pmin(lasted, watched), 2),
               high = ifelse(over, round(pmin(lasted, watched), 2), Inf))
  }
  visited <- function(group, lasted, every) {
    visit <- floor(lasted / every)
    seen <- visit < 12
    data.frame(group = group, low = ifelse(seen, visit * every, 12 * every), high = ifelse(seen, (visit + 1) * every, Inf))
  }
  rows <- rbind(censored("right", exp(rnorm(60, 3, 0.8)), runif(60, 5, 60)),
                censored("tied", pmax(1, round(rweibull(50, 1.4, 12))), round(runif(50, 3, 25))),
                visited("visits", exp(rnorm(50, 2.5, 0.7)), sample(3:7, 50, replace = TRUE)))
  write.csv(rows, file, row.names = FALSE, quote = FALSE)
  quit()
}

rows <- read.csv(file)
said <- function(...) cat(paste(..., sep = ","), "\n", sep = "")
digits <- function(value) sprintf("%.12g", value)
# Surv wants NA for what is open.
as_surv <- function(rows) with(rows, Surv(ifelse(low == 0, NA, low), ifelse(is.infinite(high), NA, high), type = "interval2"))
strict <- survreg.control(rel.tolerance = 1e-14, toler.chol = 1e-14, maxiter = 200)

for (name in unique(rows$group)) {
  group <- rows[rows$group == name, ]
  for (law in c("lognormal", "weibull")) {
    fit <- survreg(as_surv(group) ~ 1, dist = law, control = strict)
    middle <- predict(fit, type = "uquantile", p = 0.5, se.fit = TRUE)
    ends <- exp(middle$fit[1] + c(-1, 1) * qnorm(0.975) * middle$se.fit[1])
    said(name, law, "location", digits(coef(fit)), digits(sqrt(fit$var[1, 1])))
    said(name, law, "scale", digits(fit$scale), digits(sqrt(fit$var[2, 2])))
    said(name, law, "fit", digits(fit$loglik[2]), digits(AIC(fit)))
    said(name, law, "median", digits(exp(middle$fit[1])), digits(ends[1]), digits(ends[2]))
  }
  if (all(is.infinite(group$high) | group$low == group$high)) {
    curve <- survfit(Surv(low, is.finite(high)) ~ 1, group, conf.type = "log-log")
    for (step in which(curve$n.event > 0))
      said(name, "km", digits(curve$time[step]), curve$n.risk[step], curve$n.event[step], digits(curve$surv[step]),
           digits(curve$std.err[step] * curve$surv[step]), digits(curve$lower[step]), digits(curve$upper[step]))
    middle <- quantile(curve, 0.5)
    said(name, "km-median", digits(middle$quantile), digits(middle$lower), digits(middle$upper))
  } else {
    # survfit stops at 5e-5; the same self-consistent equations, iterated to 1e-12, are the yardstick, and survfit must
    # be near it.
    times <- sort(unique(c(0, group$low, group$high)))
    cells <- data.frame(low = head(times, -1), high = tail(times, -1))
    inside <- outer(seq_len(nrow(group)), seq_len(nrow(cells)),
                    Vectorize(function(row, cell) group$low[row] <= cells$low[cell] && cells$high[cell] <= group$high[row]))
    share <- rep(1 / nrow(cells), nrow(cells))
    repeat {
      each <- inside * rep(share, each = nrow(group))
      new <- colMeans(each / rowSums(each))
      if (max(abs(new - share)) < 1e-13) break
      share <- new
    }
    curve <- survfit(as_surv(group) ~ 1)
    for (cell in which(is.finite(cells$high) & share > 1e-9)) {
      ours <- 1 - sum(share[cells$high <= cells$high[cell]])
      r <- summary(curve, times = cells$high[cell], extend = TRUE)$surv
      stopifnot(abs(ours - r) < 2e-3)
      said(name, "turnbull", digits(cells$low[cell]), digits(cells$high[cell]), digits(share[cell]), digits(r))
    }
  }
}
