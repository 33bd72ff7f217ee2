"""Which hidden shares of a table can be worked out from what it shows."""


def recovered(columns, sums_to_one):
    """Hidden cells that rows, columns and totals determine.

    columns: segment -> variable of profiles.json, with base and categories. Known are shown shares,
    the shares of everybody, the bases, and, where one answer was asked for, that the shares of a
    segment sum to 1. Returns (segment, answer, people) for each hidden cell that is determined.
    """
    segments = list(columns)
    answers = [answer["code"] for answer in columns[segments[0]]["categories"]]
    cells = {
        (segment, answer["code"]): answer for segment in segments for answer in columns[segment]["categories"]}
    hidden = [key for key, answer in cells.items() if answer["share"] is None]
    place = {key: index for index, key in enumerate(hidden)}
    whole = sum(columns[segment]["base"] for segment in segments)
    equations = []
    for answer in answers:
        totals = {cells[key].get("total_share") for key in cells if key[1] == answer}
        total = totals.pop() if len(totals) == 1 else None
        keys = [(segment, answer) for segment in segments if (segment, answer) in cells]
        if total is not None and len(keys) == len(segments):
            equations.append(equation(
                [(key, columns[key[0]]["base"] / whole) for key in keys], total, cells, place))
    if sums_to_one:
        for segment in segments:
            equations.append(equation(
                [(key, 1.0) for key in cells if key[0] == segment], 1.0, cells, place))
    values = solve(equations, len(hidden))
    return [
        (segment, answer, min(value, 1 - value) * columns[segment]["base"])
        for (segment, answer), value in zip(hidden, values) if value is not None]


def equation(terms, total, cells, place):
    row = [0.0] * (len(place) + 1)
    row[-1] = total
    for key, weight in terms:
        share = cells[key]["share"]
        if share is None:
            row[place[key]] += weight
        else:
            row[-1] -= weight * share
    return row


def solve(rows, count):
    """Values of the unknowns that the equations determine; None for the others."""
    rows = [list(row) for row in rows]
    pivots, done = [], 0
    for column in range(count):
        best = max(range(done, len(rows)), key=lambda row: abs(rows[row][column]), default=None)
        if best is None or abs(rows[best][column]) < 1e-9:
            continue
        rows[done], rows[best] = rows[best], rows[done]
        scale = rows[done][column]
        rows[done] = [value / scale for value in rows[done]]
        for row in range(len(rows)):
            if row != done and rows[row][column]:
                factor = rows[row][column]
                rows[row] = [one - factor * other for one, other in zip(rows[row], rows[done])]
        pivots.append((done, column))
        done += 1
    values = [None] * count
    for row, column in pivots:
        if all(abs(rows[row][other]) < 1e-9 for other in range(count) if other != column):
            values[column] = rows[row][-1]
    return values
