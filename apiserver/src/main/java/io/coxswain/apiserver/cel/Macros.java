package io.coxswain.apiserver.cel;

import com.google.common.collect.ImmutableList;
import dev.cel.common.ast.CelExpr;
import dev.cel.parser.CelMacro;
import dev.cel.parser.CelMacroExprFactory;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// The macros beyond CEL's standard ones: comprehensions with two variables, and `optMap`,
/// `optFlatMap`.
final class Macros {

    private static final String ACCUMULATOR = "@result";
    private static final String UNUSED = "#unused";

    private Macros() {}

    static List<CelMacro> all() {
        return List.of(
                CelMacro.newReceiverMacro("all", 3, (f, target, a) -> all(f, target, a)),
                CelMacro.newReceiverMacro("exists", 3, (f, target, a) -> exists(f, target, a)),
                CelMacro.newReceiverMacro("existsOne", 3, (f, target, a) -> one(f, target, a)),
                CelMacro.newReceiverMacro("exists_one", 3, (f, target, a) -> one(f, target, a)),
                CelMacro.newReceiverMacro("transformList", 3, (f, target, a) -> list(f, target, a)),
                CelMacro.newReceiverMacro("transformList", 4, (f, target, a) -> list(f, target, a)),
                CelMacro.newReceiverMacro("transformMap", 3, (f, target, a) -> map(f, target, a)),
                CelMacro.newReceiverMacro("transformMap", 4, (f, target, a) -> map(f, target, a)),
                CelMacro.newReceiverMacro(
                        "transformMapEntry", 3, (f, target, a) -> entries(f, target, a)),
                CelMacro.newReceiverMacro(
                        "transformMapEntry", 4, (f, target, a) -> entries(f, target, a)),
                CelMacro.newReceiverMacro(
                        "optMap", 2, (f, target, a) -> optional(f, target, a, true)),
                CelMacro.newReceiverMacro(
                        "optFlatMap", 2, (f, target, a) -> optional(f, target, a, false)));
    }

    private static Optional<CelExpr> all(
            CelMacroExprFactory f, CelExpr target, ImmutableList<CelExpr> a) {
        return twoNames(f, a)
                .or(() ->
                        Optional.of(
                                fold(
                                        f,
                                        target,
                                        a,
                                        f.newBoolLiteral(true),
                                        f.newGlobalCall("@not_strictly_false", accu(f)),
                                        f.newGlobalCall("_&&_", accu(f), a.get(2)),
                                        accu(f))));
    }

    private static Optional<CelExpr> exists(
            CelMacroExprFactory f, CelExpr target, ImmutableList<CelExpr> a) {
        var error = twoNames(f, a);
        if (error.isPresent()) {
            return error;
        }
        var open = f.newGlobalCall("@not_strictly_false", f.newGlobalCall("!_", accu(f)));
        var step = f.newGlobalCall("_||_", accu(f), a.get(2));
        return Optional.of(fold(f, target, a, f.newBoolLiteral(false), open, step, accu(f)));
    }

    private static Optional<CelExpr> one(
            CelMacroExprFactory f, CelExpr target, ImmutableList<CelExpr> a) {
        var error = twoNames(f, a);
        if (error.isPresent()) {
            return error;
        }
        var more = f.newGlobalCall("_+_", accu(f), f.newIntLiteral(1));
        var step = f.newGlobalCall("_?_:_", a.get(2), more, accu(f));
        var result = f.newGlobalCall("_==_", accu(f), f.newIntLiteral(1));
        return Optional.of(
                fold(f, target, a, f.newIntLiteral(0), f.newBoolLiteral(true), step, result));
    }

    private static Optional<CelExpr> list(
            CelMacroExprFactory f, CelExpr target, ImmutableList<CelExpr> a) {
        var error = twoNames(f, a);
        if (error.isPresent()) {
            return error;
        }
        var step = f.newGlobalCall("_+_", accu(f), f.newList(a.getLast()));
        var init = f.newList(ImmutableList.<CelExpr>of());
        return Optional.of(
                fold(f, target, a, init, f.newBoolLiteral(true), filtered(f, a, step), accu(f)));
    }

    private static Optional<CelExpr> map(
            CelMacroExprFactory f, CelExpr target, ImmutableList<CelExpr> a) {
        var error = twoNames(f, a);
        if (error.isPresent()) {
            return error;
        }
        var step =
                f.newGlobalCall(
                        "cel.@mapInsert", accu(f), f.newIdentifier(name(a.get(0))), a.getLast());
        var init = f.newMap(ImmutableList.<CelExpr.CelMap.Entry>of());
        return Optional.of(
                fold(f, target, a, init, f.newBoolLiteral(true), filtered(f, a, step), accu(f)));
    }

    private static Optional<CelExpr> entries(
            CelMacroExprFactory f, CelExpr target, ImmutableList<CelExpr> a) {
        var error = twoNames(f, a);
        if (error.isPresent()) {
            return error;
        }
        var step = f.newGlobalCall("cel.@mapInsert", accu(f), a.getLast());
        var init = f.newMap(ImmutableList.<CelExpr.CelMap.Entry>of());
        return Optional.of(
                fold(f, target, a, init, f.newBoolLiteral(true), filtered(f, a, step), accu(f)));
    }

    /// `x.optMap(v, e)`: `e` with `v` bound to the value of `x`, or none.
    private static Optional<CelExpr> optional(
            CelMacroExprFactory f, CelExpr target, ImmutableList<CelExpr> a, boolean wrap) {
        var name = name(a.get(0));
        if (name == null) {
            return Optional.of(
                    f.reportError(
                            (wrap ? "optMap" : "optFlatMap")
                                    + "() variable name must be a simple identifier"));
        }
        var value = f.newReceiverCall("value", f.copy(target));
        var bound =
                f.fold(
                        UNUSED,
                        f.newList(ImmutableList.<CelExpr>of()),
                        name,
                        value,
                        f.newBoolLiteral(false),
                        f.newIdentifier(name),
                        a.get(1));
        var some = wrap ? f.newGlobalCall("optional.of", bound) : bound;
        return Optional.of(
                f.newGlobalCall(
                        "_?_:_",
                        f.newReceiverCall("hasValue", target),
                        some,
                        f.newGlobalCall("optional.none")));
    }

    private static CelExpr fold(
            CelMacroExprFactory f,
            CelExpr range,
            ImmutableList<CelExpr> a,
            CelExpr init,
            CelExpr condition,
            CelExpr step,
            CelExpr result) {
        return f.fold(
                String.valueOf(name(a.get(0))),
                String.valueOf(name(a.get(1))),
                range,
                ACCUMULATOR,
                init,
                condition,
                step,
                result);
    }

    private static CelExpr filtered(CelMacroExprFactory f, ImmutableList<CelExpr> a, CelExpr step) {
        return a.size() == 3 ? step : f.newGlobalCall("_?_:_", a.get(2), step, accu(f));
    }

    private static CelExpr accu(CelMacroExprFactory f) {
        return f.newIdentifier(ACCUMULATOR);
    }

    private static Optional<CelExpr> twoNames(CelMacroExprFactory f, ImmutableList<CelExpr> a) {
        for (var i = 0; i < 2; i++) {
            if (name(a.get(i)) == null) {
                return Optional.of(f.reportError("argument must be a simple name"));
            }
        }
        if (String.valueOf(name(a.get(0))).equals(name(a.get(1)))) {
            return Optional.of(f.reportError("duplicate variable name: " + name(a.get(0))));
        }
        return Optional.empty();
    }

    private static @Nullable String name(CelExpr expression) {
        return expression.getKind() == CelExpr.ExprKind.Kind.IDENT
                ? expression.ident().name()
                : null;
    }
}
