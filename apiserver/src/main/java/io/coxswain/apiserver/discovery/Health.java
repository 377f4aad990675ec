package io.coxswain.apiserver.discovery;

import io.coxswain.apiserver.Call;
import io.coxswain.apiserver.Statuses;
import io.coxswain.apiserver.filters.Filter;
import io.coxswain.http.Response;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.function.BooleanSupplier;

/// Serves `/healthz`, `/livez` and `/readyz`, and each check by itself below them.
public final class Health {

    private final Map<String, BooleanSupplier> live;
    private final Map<String, BooleanSupplier> ready;

    /// @param live what a server must pass to be left running, in the order `?verbose` shows
    /// @param ready what it must pass besides, to be sent requests
    public Health(Map<String, BooleanSupplier> live, Map<String, BooleanSupplier> ready) {
        this.live = live;
        this.ready = new LinkedHashMap<>(live);
        this.ready.putAll(ready);
    }

    public Map<String, Filter.Next> paths() {
        var paths = new LinkedHashMap<String, Filter.Next>();
        add(paths, "/healthz", live);
        add(paths, "/livez", live);
        add(paths, "/readyz", ready);
        return paths;
    }

    private static void add(
            Map<String, Filter.Next> paths, String root, Map<String, BooleanSupplier> checks) {
        paths.put(root, call -> all(call, root.substring(1), checks));
        paths.put(root + "/", call -> one(call, root, checks));
    }

    private static Response all(Call call, String name, Map<String, BooleanSupplier> checks) {
        var excluded = new LinkedHashSet<>(call.query().all("exclude"));
        var text = new StringBuilder();
        var failed = new ArrayList<String>();
        checks.forEach((check, test) -> {
            if (excluded.remove(check)) {
                text.append("[+]").append(check).append(" excluded: ok\n");
            } else if (test.getAsBoolean()) {
                text.append("[+]").append(check).append(" ok\n");
            } else {
                failed.add(check);
                text.append("[-]").append(check).append(" failed: reason withheld\n");
            }
        });
        if (!excluded.isEmpty()) {
            text.append("warn: some health checks cannot be excluded: no matches for ")
                    .append(quoted(excluded))
                    .append('\n');
        }
        if (!failed.isEmpty()) {
            return plain(500, text + name + " check failed\n");
        }
        return call.query().first("verbose") == null
                ? plain(200, "ok")
                : plain(200, text + name + " check passed\n");
    }

    private static Response one(Call call, String root, Map<String, BooleanSupplier> checks) {
        var name = call.info().path().substring(root.length() + 1);
        if (name.isEmpty()) {
            return all(call, root.substring(1), checks);
        }
        var check = checks.get(name);
        if (check == null) {
            return Statuses.noSuchPath();
        }
        return check.getAsBoolean()
                ? plain(200, "ok")
                : plain(500, "internal server error: " + name + " failed: reason withheld\n");
    }

    private static String quoted(Iterable<String> names) {
        var all = new ArrayList<String>();
        names.forEach(name -> all.add("\"" + name + "\""));
        return String.join(", ", all);
    }

    private static Response plain(int status, String text) {
        return Response.text(status, text)
                .withHeaders(headers ->
                        headers.with("x-content-type-options", "nosniff")
                                .with("cache-control", "no-cache, private"));
    }
}
