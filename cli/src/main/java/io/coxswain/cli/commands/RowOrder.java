package io.coxswain.cli.commands;

import io.coxswain.api.json.Json;
import io.coxswain.cli.CliError;
import io.coxswain.cli.output.JsonPath;
import io.coxswain.cli.resource.Target;
import io.coxswain.cli.server.Trees;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/// `--sort-by`: the order of what is shown.
final class RowOrder {

    private RowOrder() {}

    static List<Target> objects(List<Target> targets, String sortBy) {
        if (sortBy.isEmpty()) {
            return targets;
        }
        var sorted = new ArrayList<>(targets);
        var order = order(sortBy);
        if (!targets.isEmpty()
                && targets.stream().allMatch(t -> path(sortBy).values(t.object()).isEmpty())) {
            throw new CliError(
                    "couldn't find any field with path \""
                            + braced(sortBy)
                            + "\" in the list of objects");
        }
        sorted.sort((a, b) -> order.compare(a.object(), b.object()));
        return sorted;
    }

    /// The rows of a table whose rows hold their objects.
    static Json.Obj table(Json.Obj table, String sortBy) {
        if (sortBy.isEmpty()) {
            return table;
        }
        var rows = new ArrayList<>(Trees.objects(table, "rows"));
        var order = order(sortBy);
        rows.sort((a, b) -> order.compare(a.object("object"), b.object("object")));
        return table.with("rows", Json.array(rows));
    }

    private static String braced(String sortBy) {
        return sortBy.startsWith("{") ? sortBy : "{" + sortBy + "}";
    }

    private static JsonPath path(String sortBy) {
        return JsonPath.expression(sortBy);
    }

    private static Comparator<Json.Obj> order(String sortBy) {
        var path = path(sortBy);
        return (a, b) -> compare(first(path, a), first(path, b));
    }

    private static Json first(JsonPath path, Json.Obj object) {
        var values = path.values(object);
        return values.isEmpty() ? Json.NULL : values.getFirst();
    }

    private static int compare(Json a, Json b) {
        if (a instanceof Json.Int(var x) && b instanceof Json.Int(var y)) {
            return Long.compare(x, y);
        }
        return natural(Trees.text(a), Trees.text(b));
    }

    /// Numbers within texts by their value: `web-2` before `web-10`.
    static int natural(String a, String b) {
        var i = 0;
        var j = 0;
        while (i < a.length() && j < b.length()) {
            var iEnd = digits(a, i);
            var jEnd = digits(b, j);
            if (iEnd > i && jEnd > j) {
                var x = a.substring(i, iEnd).replaceFirst("^0+(?=.)", "");
                var y = b.substring(j, jEnd).replaceFirst("^0+(?=.)", "");
                var order =
                        x.length() == y.length()
                                ? x.compareTo(y)
                                : Integer.compare(x.length(), y.length());
                if (order != 0) {
                    return order;
                }
                i = iEnd;
                j = jEnd;
            } else if (a.charAt(i) != b.charAt(j)) {
                return Character.compare(a.charAt(i), b.charAt(j));
            } else {
                i++;
                j++;
            }
        }
        return Integer.compare(a.length() - i, b.length() - j);
    }

    private static int digits(String text, int from) {
        var i = from;
        while (i < text.length() && Character.isDigit(text.charAt(i))) {
            i++;
        }
        return i;
    }
}
