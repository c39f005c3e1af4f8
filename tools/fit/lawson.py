"""Minimax polynomials by Lawson's iteration, rounded to a binary format.

A fit is a weighted least squares problem whose weights are multiplied by the
error of each round: it tends to the polynomial with the smallest largest
weighted error. Coefficients are then rounded to the format one by one from the
constant term up, and the rest fitted anew, so that the later ones make up for
the rounding of the earlier ones.

All arithmetic is mpmath's, at the precision of the caller (60 digits do).
"""

from mpmath import mp, mpf


def chebyshev_nodes(low, high, count):
    """`count` nodes of [low, high], denser at its ends."""
    middle, radius = (low + high) / 2, (high - low) / 2
    return [
        middle + radius * mp.cos(mp.pi * (2 * i + 1) / (2 * count))
        for i in range(count)
    ]


def _solve(nodes, values, weights, degrees):
    """Coefficients of the monomials `degrees`, weighted least squares."""
    count = len(degrees)
    moments, right = {}, [mpf(0)] * count
    wanted = sorted({a + b for a in degrees for b in degrees})
    for d in wanted:
        moments[d] = mp.fsum(w * x**d for x, w in zip(nodes, weights))
    for i, d in enumerate(degrees):
        right[i] = mp.fsum(
            w * v * x**d for x, v, w in zip(nodes, values, weights)
        )
    matrix = mp.matrix(count, count)
    for i, a in enumerate(degrees):
        for j, b in enumerate(degrees):
            matrix[i, j] = moments[a + b]
    return list(mp.lu_solve(matrix, mp.matrix(right)))


def evaluate(coefficients, x):
    """The polynomial with these coefficients, from the constant term up."""
    result = mpf(0)
    for c in reversed(coefficients):
        result = result * x + c
    return result


def _minimax(nodes, values, scale, degrees, rounds):
    """Lawson's iteration; `scale` weighs the error at each node."""
    weights = [s * s for s in scale]
    best, best_error = None, None
    for _ in range(rounds):
        found = _solve(nodes, values, weights, degrees)
        errors = [
            abs(v - sum(c * x**d for c, d in zip(found, degrees))) * s
            for x, v, s in zip(nodes, values, scale)
        ]
        largest = max(errors)
        if best_error is None or largest < best_error:
            best, best_error = found, largest
        if largest == 0:
            break
        weights = [
            w * (e / largest + mpf(10) ** -12)
            for w, e in zip(weights, errors)
        ]
        total = mp.fsum(weights)
        weights = [w / total * len(nodes) for w in weights]
    return best, best_error


def round_to(value, bits):
    """`value` rounded to nearest with `bits` significant bits."""
    if value == 0:
        return mpf(0)
    exponent = mp.floor(mp.log(abs(value), 2))
    unit = mpf(2) ** (exponent - bits + 1)
    return mp.nint(value / unit) * unit


def fit(function, weight, low, high, degree, bits, nodes=200, rounds=40,
        fixed=(), pair=False):
    """Fits `function` on [low, high] by a polynomial of `degree`.

    `weight(x)` scales the error. `fixed` gives the first coefficients. With
    `pair` the constant term is a sum of two numbers of the format.

    Returns the rounded coefficients (a pair counts as one number), the low part
    of the constant term, and the largest weighted error before and after the
    rounding.
    """
    points = chebyshev_nodes(low, high, nodes)
    values = [function(x) for x in points]
    scale = [weight(x) for x in points]
    known = list(fixed)
    rest = list(range(len(known), degree + 1))
    ideal, constant_low = None, mpf(0)
    while rest:
        left = [v - evaluate(known, x) for x, v in zip(points, values)]
        # The first fit finds the optimum; later ones only repair a rounding.
        found, error = _minimax(points, left, scale, rest,
                                rounds if ideal is None else rounds // 2)
        ideal = error if ideal is None else ideal
        c = round_to(found[0], bits)
        if pair and rest[0] == 0:
            constant_low = round_to(found[0] - c, bits)
            c += constant_low
        known.append(c)
        rest.pop(0)
    rounded = max(
        abs(v - evaluate(known, x)) * s
        for x, v, s in zip(points, values, scale)
    )
    return known, constant_low, ideal, rounded


def literal(value):
    """A hexadecimal literal as the rules have it: 0x1.8p+3."""
    if value == 0:
        return "0"
    sign = "-" if value < 0 else ""
    value = abs(value)
    exponent = int(mp.floor(mp.log(value, 2)))
    digits = int(mp.nint(value / mpf(2) ** exponent * mpf(2) ** 104))
    text = f"{digits:027x}"  # 1 and 26 hexadecimal digits
    fraction = text[1:].rstrip("0")
    return f"{sign}0x1{'.' if fraction else ''}{fraction}p{exponent:+d}"
