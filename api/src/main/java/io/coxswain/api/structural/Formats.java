package io.coxswain.api.structural;

import com.google.re2j.Pattern;
import io.coxswain.api.validation.Addresses;
import io.coxswain.api.validation.Names;
import java.net.URI;
import java.net.URISyntaxException;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.Base64;
import java.util.Map;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/// The formats of strings that schemas can ask for. A format that is not listed means nothing.
public final class Formats {

    private static final String HEX = "[0-9a-fA-F]";

    private static final Map<String, Predicate<String>> ALL =
            Map.ofEntries(
                    Map.entry("bsonobjectid", matching(HEX + "{24}")),
                    Map.entry("uri", Formats::uri),
                    Map.entry("email", matching("[^@\\s<>\"]+@[^@\\s<>\"]+")),
                    Map.entry("hostname", Formats::hostname),
                    Map.entry("ipv4", Formats::ipv4),
                    Map.entry("ipv6", Formats::ipv6),
                    Map.entry("cidr", text -> Addresses.parseBlock(text) != null),
                    Map.entry("mac", matching("(" + HEX + "{2}[:-]){5}(" + HEX + "{2}[:-]?){1,3}")),
                    Map.entry("uuid", matching(uuid(HEX, HEX))),
                    Map.entry("uuid3", matching(uuid("3", HEX))),
                    Map.entry("uuid4", matching(uuid("4", "[89abAB]"))),
                    Map.entry("uuid5", matching(uuid("5", "[89abAB]"))),
                    Map.entry("isbn", matching("(\\d[- ]?){9}[\\dXx]|(\\d[- ]?){12}\\d")),
                    Map.entry("isbn10", matching("(\\d[- ]?){9}[\\dXx]")),
                    Map.entry("isbn13", matching("(\\d[- ]?){12}\\d")),
                    Map.entry("creditcard", matching("\\d[\\d -]{11,20}\\d")),
                    Map.entry("ssn", matching("\\d{3}[- ]?\\d{2}[- ]?\\d{4}")),
                    Map.entry("hexcolor", matching("#?(" + HEX + "{3}|" + HEX + "{6})")),
                    Map.entry(
                            "rgbcolor",
                            matching("rgb\\(\\s*\\d+\\s*,\\s*\\d+\\s*,\\s*\\d+\\s*\\)")),
                    Map.entry("byte", Formats::base64),
                    Map.entry("password", text -> true),
                    Map.entry("date", Formats::date),
                    Map.entry("duration", Formats::duration),
                    Map.entry("datetime", Formats::dateTime),
                    Map.entry("date-time", Formats::dateTime),
                    Map.entry("k8s-short-name", text -> Names.label(text).isEmpty()),
                    Map.entry("k8s-long-name", text -> Names.subdomain(text).isEmpty()));

    private static final Pattern DURATION =
            Pattern.compile(
                    "[-+]?(\\d+(\\.\\d*)?|\\.\\d+)(ns|us|µs|μs|ms|s|m|h)"
                            + "((\\d+(\\.\\d*)?|\\.\\d+)(ns|us|µs|μs|ms|s|m|h))*|[-+]?0"
                            + "|\\d+\\s*(ns|nano|us|µs|micro|ms|milli|s|sec|m|min|h|hr|hour|d|day|w|wk|week)s?");

    private static final Pattern DATE_TIME =
            Pattern.compile(
                    "(\\d{4}-\\d{2}-\\d{2})[Tt ]([01]\\d|2[0-3]):[0-5]\\d:([0-5]\\d|60)(\\.\\d+)?"
                            + "([Zz]|[+-]\\d{2}:?\\d{2})?");

    private Formats() {}

    static boolean valid(String format, String text) {
        // Upstream forgives dashes in the names of formats.
        var check = check(format);
        return check == null || check.test(text);
    }

    /// Whether the format means anything.
    public static boolean known(String format) {
        return check(format) != null;
    }

    private static @Nullable Predicate<String> check(String format) {
        var check = ALL.get(format);
        return check == null ? ALL.get(format.replace("-", "")) : check;
    }

    private static Predicate<String> matching(String regex) {
        var pattern = Pattern.compile("(?:" + regex + ")");
        return text -> pattern.matcher(text).matches();
    }

    private static String uuid(String version, String variant) {
        return HEX + "{8}-?" + HEX + "{4}-?" + version + HEX + "{3}-?" + variant + HEX + "{3}-?"
                + HEX + "{12}";
    }

    private static boolean uri(String text) {
        try {
            var uri = new URI(text);
            return uri.isAbsolute() || text.startsWith("/");
        } catch (URISyntaxException e) {
            return false;
        }
    }

    private static boolean hostname(String text) {
        return text.length() <= 253
                && matching(
                                "[a-zA-Z0-9]([-a-zA-Z0-9]{0,61}[a-zA-Z0-9])?"
                                        + "(\\.[a-zA-Z0-9]([-a-zA-Z0-9]{0,61}[a-zA-Z0-9])?)*\\.?")
                        .test(text);
    }

    private static boolean ipv4(String text) {
        return Addresses.parse(text) != null && !text.contains(":");
    }

    private static boolean ipv6(String text) {
        return Addresses.parse(text) != null && text.contains(":");
    }

    private static boolean base64(String text) {
        try {
            Base64.getDecoder().decode(text);
            return text.length() % 4 == 0;
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    private static boolean date(String text) {
        try {
            LocalDate.parse(text);
            return true;
        } catch (DateTimeException e) {
            return false;
        }
    }

    private static boolean duration(String text) {
        return DURATION.matcher(text).matches();
    }

    private static boolean dateTime(String text) {
        var matcher = DATE_TIME.matcher(text);
        return matcher.matches() && date(matcher.group(1));
    }
}
