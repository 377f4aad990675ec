package io.coxswain.apiserver.media;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// An `Accept` header taken apart: what the client likes best comes first.
record Accept(List<Clause> clauses) {

    private static final Comparator<Clause> BEST_FIRST =
            Comparator.comparingDouble((Clause clause) -> -clause.quality)
                    .thenComparing(clause -> clause.type.equals("*"))
                    .thenComparing(clause -> clause.subtype.equals("*"));

    /// One range of media types, such as `application/json;as=Table`.
    record Clause(String type, String subtype, double quality, Map<String, String> parameters) {

        boolean covers(MediaType media) {
            return (type.equals("*") && subtype.equals("*"))
                    || media.toString().equals(type + "/" + subtype)
                    || (subtype.equals("*") && media.toString().startsWith(type + "/"));
        }
    }

    /// Parts that make no sense are left out.
    static Accept parse(String header) {
        var clauses = new ArrayList<Clause>();
        for (var part : header.split(",")) {
            var pieces = part.trim().split(";");
            var range = pieces[0].trim();
            var slash = range.indexOf('/');
            if (range.equals("*")) {
                clauses.add(clause("*", "*", pieces));
            } else if (slash > 0 && range.indexOf('/', slash + 1) < 0) {
                var type = range.substring(0, slash).trim();
                clauses.add(clause(type, range.substring(slash + 1).trim(), pieces));
            }
        }
        clauses.sort(BEST_FIRST);
        return new Accept(List.copyOf(clauses));
    }

    private static Clause clause(String type, String subtype, String[] pieces) {
        var parameters = new HashMap<String, String>();
        for (var i = 1; i < pieces.length; i++) {
            var equals = pieces[i].indexOf('=');
            if (equals > 0 && pieces[i].indexOf('=', equals + 1) < 0) {
                var name = pieces[i].substring(0, equals).trim();
                parameters.put(name, pieces[i].substring(equals + 1).trim());
            }
        }
        var quality = parameters.remove("q");
        return new Clause(type, subtype, quality == null ? 1 : number(quality), parameters);
    }

    private static double number(String text) {
        try {
            return Double.parseDouble(text);
        } catch (NumberFormatException e) {
            return 0;
        }
    }
}
