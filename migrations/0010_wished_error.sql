-- How exact the mean loss was wished, and the courses to begin with; empty = a number of courses was wished.
ALTER TABLE outage_run ADD COLUMN wished_error TEXT NOT NULL DEFAULT '';
