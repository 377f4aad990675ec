package io.coxswain.apiserver.cel;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// [CallCost] for sizes of which only limits are known.
final class FunctionCost {

    private static final CostEstimate ONE = CostEstimate.fixed(1);

    private FunctionCost() {}

    /// @param text whether the first argument is a text, so that a traversal costs a tenth
    /// @param opaque whether the first argument is a value only functions look into
    static CostEstimate of(String name, List<CostEstimate> a, boolean text, boolean opaque) {
        return switch (name) {
            case "check" -> CostEstimate.fixed(CallCost.AUTHORIZATION);
            case "isSorted", "sum", "max", "min", "indexOf", "lastIndexOf" ->
                    a.get(0).times(text ? CallCost.TEXT : 1);
            case "url",
                    "isURL",
                    "lowerAscii",
                    "upperAscii",
                    "substring",
                    "trim",
                    "jsonpatch.escapeKey",
                    "cidr",
                    "isIP",
                    "isCIDR",
                    "quantity",
                    "isQuantity",
                    "semver",
                    "isSemver",
                    "strings.quote",
                    "format" ->
                    a.isEmpty() ? ONE : a.get(0).times(CallCost.TEXT);
            case "startsWith", "endsWith" -> a.get(1).times(CallCost.TEXT);
            case "ip" -> text ? a.get(0).times(CallCost.TEXT) : ONE;
            case "replace", "split", "ip.isCanonical" -> a.get(0).times(2 * CallCost.TEXT);
            case "join" -> joined(a).times(2 * CallCost.TEXT);
            case "find", "findAll", "matches" -> regex(a);
            case "contains" -> a.get(0).times(CallCost.TEXT).times(a.get(1).times(CallCost.TEXT));
            case "containsIP", "containsCIDR" -> new CostEstimate(1, 8);
            case "validate" -> a.get(1).times(CallCost.TEXT);
            case "sets.contains", "sets.intersects" -> a.get(0).times(a.get(1));
            case "sets.equivalent" -> a.get(0).times(a.get(1)).times(2.0);
            case "@in", "_in_" -> a.get(1);
            case "_==_", "_!=_" -> opaque ? ONE : smaller(a);
            case "_<_", "_<=_", "_>_", "_>=_" -> text ? smaller(a) : ONE;
            case "_+_" -> text ? a.get(0).plus(a.get(1)).times(CallCost.TEXT) : ONE;
            case "bytes" -> text ? a.get(0).times(CallCost.TEXT) : ONE;
            default -> ONE;
        };
    }

    /// The size of the result where the arguments limit it, else null.
    static @Nullable CostEstimate resultSize(String name, List<CostEstimate> a) {
        return switch (name) {
            case "lowerAscii",
                    "upperAscii",
                    "trim",
                    "substring",
                    "string",
                    "find",
                    "sort",
                    "reverse",
                    "distinct",
                    "slice" ->
                    a.isEmpty() ? null : new CostEstimate(0, a.get(0).max());
            case "replace" -> replaced(a);
            case "split", "findAll" -> new CostEstimate(0, a.get(0).max());
            case "join" -> joined(a);
            case "_+_" -> a.get(0).plus(a.get(1));
            case "bytes" ->
                    new CostEstimate(a.get(0).min(), CostEstimate.multiply(a.get(0).max(), 4));
            default -> null;
        };
    }

    private static CostEstimate smaller(List<CostEstimate> a) {
        var most = Math.min(a.get(0).max(), a.get(1).max());
        return new CostEstimate(most > 0 ? 1 : 0, most).times(CallCost.TEXT);
    }

    private static CostEstimate regex(List<CostEstimate> a) {
        return a.get(0).plus(1).times(CallCost.TEXT).times(a.get(1).times(CallCost.REGEX));
    }

    /// Every character may be a match.
    private static CostEstimate replaced(List<CostEstimate> a) {
        if (a.size() < 3) {
            return a.get(0);
        }
        return new CostEstimate(
                0, CostEstimate.multiply(a.get(0).max(), Math.max(1, a.get(2).max())));
    }

    private static CostEstimate joined(List<CostEstimate> a) {
        var separator = a.size() > 1 ? a.get(1).max() : 0;
        return new CostEstimate(
                0, CostEstimate.multiply(a.get(0).max(), CostEstimate.add(separator, 1)));
    }
}
