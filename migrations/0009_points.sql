-- Quasi-random points of each randomisation, 0 = plain random numbers: a course of the run is recomputed with them.
ALTER TABLE outage_run ADD COLUMN points BIGINT NOT NULL DEFAULT 0;
