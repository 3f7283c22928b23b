-- The national figures as a person would write them for DuckDB: four statements over the view `facts`. `parts` says
-- which criterion is a part of which line, in the earlier or the later cycle.

-- Marks of every criterion in the network, in every type and in every region.
WITH cells AS (
    SELECT cycle, kind, criterion_code, service_type, region,
           count(*) FILTER (mark = 'met') AS met,
           count(*) FILTER (mark = 'partly met') AS partly_met,
           count(*) FILTER (mark = 'not met') AS not_met,
           count(*) FILTER (mark = 'not applicable') AS not_applicable,
           count(*) FILTER (mark = 'not scored') AS not_scored
    FROM facts GROUP BY ALL
),
placed AS (
    SELECT *, 'network' AS dimension, '' AS name FROM cells
    UNION ALL SELECT *, 'type', service_type FROM cells WHERE service_type <> ''
    UNION ALL SELECT *, 'region', region FROM cells WHERE region <> ''
)
SELECT cycle, kind, criterion_code, dimension, name,
       sum(met)::BIGINT AS met, sum(partly_met)::BIGINT AS partly_met, sum(not_met)::BIGINT AS not_met,
       sum(not_applicable)::BIGINT AS not_applicable, sum(not_scored)::BIGINT AS not_scored
FROM placed GROUP BY ALL;

-- Marks of every section of every enrolment.
SELECT enrolment, kind, section,
       count(*) FILTER (mark = 'met') AS met,
       count(*) FILTER (mark = 'partly met') AS partly_met,
       count(*) FILTER (mark = 'not met') AS not_met,
       count(*) FILTER (mark = 'not applicable') AS not_applicable,
       count(*) FILTER (mark = 'not scored') AS not_scored
FROM facts GROUP BY ALL;

-- Pairs of answers in every section of every enrolment.
WITH told AS NOT MATERIALIZED (
    SELECT enrolment, criterion, section, kind,
           coalesce(score, CASE WHEN mark = 'not applicable' THEN -1 ELSE -2 END)::TINYINT AS answer
    FROM facts
)
SELECT theirs.enrolment, theirs.section, ours.answer AS self_answer, theirs.answer AS agreed_answer, count(*) AS n
FROM told AS theirs JOIN told AS ours
  ON theirs.enrolment = ours.enrolment AND theirs.criterion = ours.criterion
WHERE theirs.kind = 'agreed' AND ours.kind = 'self'
GROUP BY ALL;

-- Change from each cycle to the next, line by line.
WITH agreed AS NOT MATERIALIZED (SELECT cycle, criterion_code, community, mark FROM facts WHERE kind = 'agreed'),
met_once AS NOT MATERIALIZED (
    SELECT line, community, side, mark = 'met' AS met
    FROM agreed JOIN parts USING (cycle, criterion_code)
    WHERE NOT several AND mark IN ('met', 'partly met', 'not met')
    UNION ALL
    SELECT line, community, side, bool_and(mark = 'met') AS met
    FROM agreed JOIN parts USING (cycle, criterion_code)
    WHERE several AND mark <> 'not applicable'
    GROUP BY line, community, side HAVING NOT bool_or(mark = 'not scored')
)
SELECT later.line,
       count(*) FILTER (earlier.met AND later.met) AS both,
       count(*) FILTER (earlier.met AND NOT later.met) AS first_only,
       count(*) FILTER (later.met AND NOT earlier.met) AS second_only,
       count(*) FILTER (NOT later.met AND NOT earlier.met) AS neither
FROM (SELECT * FROM met_once WHERE side = 'later') AS later
JOIN (SELECT * FROM met_once WHERE side = 'earlier') AS earlier USING (line, community)
GROUP BY later.line
