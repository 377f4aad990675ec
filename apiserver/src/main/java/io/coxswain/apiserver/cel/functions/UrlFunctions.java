package io.coxswain.apiserver.cel.functions;

import io.coxswain.apiserver.cel.CelFailure;
import io.coxswain.apiserver.cel.CelType;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// Kubernetes' absolute URLs: `url("https://a:80/b").getHost()`.
final class UrlFunctions {

    private UrlFunctions() {}

    /// An absolute URL or an absolute path.
    record Url(URI uri) implements Opaque {

        @Override
        public CelType type() {
            return new CelType("kubernetes.URL");
        }
    }

    static Library library() {
        return new Library()
                .declare(
                        "url(string): URL",
                        "isURL(string): bool",
                        "URL.getScheme(): string",
                        "URL.getHost(): string",
                        "URL.getHostname(): string",
                        "URL.getPort(): string",
                        "URL.getEscapedPath(): string",
                        "URL.getQuery(): map<string, list<string>>")
                .text("url", text -> url((String) text))
                .text("isURL", text -> read((String) text) != null)
                .function("getScheme", a -> part(a, URI::getScheme))
                .function("getHost", a -> part(a, UrlFunctions::host))
                .function("getHostname", a -> part(a, uri -> hostname(host(uri))))
                .function("getPort", a -> part(a, uri -> port(host(uri))))
                .function("getEscapedPath", a -> part(a, URI::getRawPath))
                .function("getQuery", a -> a[0] instanceof Url(var uri) ? query(uri) : null);
    }

    private static Url url(String text) {
        var url = read(text);
        if (url == null) {
            throw new CelFailure(
                    "URL parse error during conversion from string: parse \""
                            + text
                            + "\": invalid URI for request");
        }
        return url;
    }

    private static @Nullable Url read(String text) {
        try {
            var uri = new URI(text);
            var absolute = uri.isAbsolute() && !uri.isOpaque();
            return absolute || text.startsWith("/") ? new Url(uri) : null;
        } catch (URISyntaxException e) {
            return null;
        }
    }

    private static @Nullable Object part(Object[] a, Function<URI, @Nullable String> part) {
        if (!(a[0] instanceof Url(var uri))) {
            return null;
        }
        var found = part.apply(uri);
        return found == null ? "" : found;
    }

    private static String host(URI uri) {
        var authority = uri.getRawAuthority();
        if (authority == null) {
            return "";
        }
        return authority.substring(authority.lastIndexOf('@') + 1);
    }

    private static String hostname(String host) {
        if (host.startsWith("[")) {
            return host.substring(1, Math.max(1, host.indexOf(']')));
        }
        var colon = host.lastIndexOf(':');
        return colon < 0 ? host : host.substring(0, colon);
    }

    private static String port(String host) {
        var colon = host.lastIndexOf(':');
        return colon < 0 || host.indexOf(']') > colon ? "" : host.substring(colon + 1);
    }

    private static Object query(URI uri) {
        var all = new LinkedHashMap<String, List<Object>>();
        var query = uri.getRawQuery();
        if (query == null) {
            return all;
        }
        for (var pair : query.split("&")) {
            if (pair.isEmpty()) {
                continue;
            }
            var equals = pair.indexOf('=');
            var name = equals < 0 ? pair : pair.substring(0, equals);
            var value = equals < 0 ? "" : pair.substring(equals + 1);
            all.computeIfAbsent(decoded(name), key -> new ArrayList<>()).add(decoded(value));
        }
        return all;
    }

    private static String decoded(String text) {
        try {
            return URLDecoder.decode(text, StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            return text;
        }
    }
}
