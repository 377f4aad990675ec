package io.coxswain.apiserver.authentication;

import io.coxswain.apiserver.User;
import io.coxswain.http.Headers;
import io.coxswain.http.Request;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// Believes a front proxy who its callers are (`X-Remote-User`, `-Group`, `-Extra-…`): one that
/// shows a certificate of the authority for front proxies, with a name that is allowed.
public final class RequestHeaderAuthenticator implements Authenticator {

    /// Which proxies are believed, and how they say it.
    ///
    /// @param names common names; empty for any that the authority has certified
    public record Settings(
            List<String> names,
            List<String> userHeaders,
            List<String> uidHeaders,
            List<String> groupHeaders,
            List<String> extraPrefixes) {

        public static final Settings STANDARD =
                new Settings(
                        List.of("front-proxy-client"),
                        List.of("X-Remote-User"),
                        List.of("X-Remote-Uid"),
                        List.of("X-Remote-Group"),
                        List.of("X-Remote-Extra-"));
    }

    private final Supplier<List<X509Certificate>> authorities;
    private final Settings settings;

    public RequestHeaderAuthenticator(
            Supplier<List<X509Certificate>> authorities, Settings settings) {
        this.authorities = authorities;
        this.settings = settings;
    }

    @Override
    public @Nullable User authenticate(Request request) {
        var headers = request.headers();
        var name = first(headers, settings.userHeaders());
        var chain = request.peer().certificates();
        if (name.isEmpty() || chain.isEmpty()) {
            return null;
        }
        var trusted = authorities.get();
        if (trusted.isEmpty() || !CertificateAuthenticator.trusted(chain, trusted)) {
            return null;
        }
        var proxy = CertificateAuthenticator.user(chain.getFirst().getSubjectX500Principal());
        var named = proxy == null ? "" : proxy.name();
        if (!settings.names().isEmpty() && !settings.names().contains(named)) {
            return null;
        }
        var groups = new ArrayList<String>();
        settings.groupHeaders().forEach(header -> groups.addAll(headers.all(header)));
        return new User(
                name,
                first(headers, settings.uidHeaders()),
                List.copyOf(groups),
                extra(headers, settings.extraPrefixes()));
    }

    private static String first(Headers headers, List<String> names) {
        for (var name : names) {
            var value = headers.first(name);
            if (value != null && !value.isEmpty()) {
                return value;
            }
        }
        return "";
    }

    private static Map<String, List<String>> extra(Headers headers, List<String> prefixes) {
        var extra = new LinkedHashMap<String, List<String>>();
        for (var prefix : prefixes) {
            var start = prefix.toLowerCase(Locale.ROOT);
            headers.asMap()
                    .forEach((name, values) -> {
                        if (name.startsWith(start)) {
                            extra.put(decoded(name.substring(start.length())), values);
                        }
                    });
        }
        return Map.copyOf(extra);
    }

    private static String decoded(String key) {
        try {
            return URLDecoder.decode(key.replace("+", "%2B"), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            return key;
        }
    }
}
