package io.coxswain.apiserver.cel.functions;

import io.coxswain.api.validation.Names;
import io.coxswain.apiserver.cel.CelType;
import java.net.URI;
import java.net.URISyntaxException;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/// Kubernetes' named formats: `format.dns1123Label().validate("x").hasValue()`.
final class FormatFunctions {

    private FormatFunctions() {}

    /// A format; `check` gives what is wrong with a text.
    record Format(String name, long regexSize, Function<String, List<String>> check)
            implements Opaque {

        @Override
        public CelType type() {
            return new CelType("kubernetes.NamedFormat");
        }

        @Override
        public boolean equals(Object other) {
            return other instanceof Format format && format.name.equals(name);
        }

        @Override
        public int hashCode() {
            return name.hashCode();
        }
    }

    private static final Map<String, Format> KNOWN = known();

    static Library library() {
        var library =
                new Library()
                        .declare(
                                "format.named(string): optional<Format>",
                                "Format.validate(string): optional<list<string>>")
                        .text("format.named", name -> Optional.ofNullable(KNOWN.get((String) name)))
                        .function(
                                "validate",
                                a ->
                                        a[0] instanceof Format format && a[1] instanceof String text
                                                ? problems(format.check().apply(text))
                                                : null);
        KNOWN.forEach((name, format) -> {
            library.declare("format." + name + "(): Format");
            library.function("format." + name, a -> a.length == 0 ? format : null);
        });
        return library;
    }

    private static Optional<Object> problems(List<String> found) {
        return found.isEmpty() ? Optional.empty() : Optional.of(new ArrayList<Object>(found));
    }

    private static Map<String, Format> known() {
        var all = new LinkedHashMap<String, Format>();
        put(all, "dns1123Label", 30, Names::label);
        put(all, "dns1123Subdomain", 60, Names::subdomain);
        put(all, "dns1035Label", 30, Names::label1035);
        put(all, "qualifiedName", 60, Names::qualified);
        put(all, "labelValue", 40, Names::labelValue);
        put(all, "dns1123LabelPrefix", 30, text -> prefix(text, Names::label));
        put(all, "dns1123SubdomainPrefix", 60, text -> prefix(text, Names::subdomain));
        put(all, "dns1035LabelPrefix", 30, text -> prefix(text, Names::label1035));
        put(all, "uri", 0, FormatFunctions::uri);
        put(all, "uuid", 36, FormatFunctions::uuid);
        put(all, "byte", 0, FormatFunctions::base64);
        put(all, "date", 0, FormatFunctions::date);
        put(all, "datetime", 0, FormatFunctions::datetime);
        return all;
    }

    private static void put(
            Map<String, Format> all,
            String name,
            long regexSize,
            Function<String, List<String>> check) {
        all.put(name, new Format(name, regexSize, check));
    }

    /// A prefix may end with the dash that something is appended to.
    private static List<String> prefix(String text, Function<String, List<String>> check) {
        var masked =
                text.length() > 1 && text.endsWith("-")
                        ? text.substring(0, text.length() - 1) + "a"
                        : text;
        return check.apply(masked);
    }

    private static List<String> uri(String text) {
        try {
            var uri = new URI(text);
            return uri.isAbsolute() || text.startsWith("/")
                    ? List.of()
                    : List.of("parse \"" + text + "\": invalid URI for request");
        } catch (URISyntaxException e) {
            return List.of("parse \"" + text + "\": " + e.getReason());
        }
    }

    private static List<String> uuid(String text) {
        var form =
                "[0-9a-fA-F]{8}-?[0-9a-fA-F]{4}-?[0-9a-fA-F]{4}-?[0-9a-fA-F]{4}-?[0-9a-fA-F]{12}";
        return text.matches(form) ? List.of() : List.of("does not match the UUID format");
    }

    private static List<String> base64(String text) {
        try {
            Base64.getDecoder().decode(text);
            return List.of();
        } catch (IllegalArgumentException e) {
            return List.of("invalid base64");
        }
    }

    private static List<String> date(String text) {
        try {
            LocalDate.parse(text);
            return List.of();
        } catch (DateTimeException e) {
            return List.of("invalid date");
        }
    }

    private static List<String> datetime(String text) {
        try {
            OffsetDateTime.parse(text);
            return List.of();
        } catch (DateTimeException e) {
            return List.of("invalid datetime");
        }
    }
}
