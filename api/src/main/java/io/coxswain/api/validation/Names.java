package io.coxswain.api.validation;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/// The forms that names, labels and other short texts must have, with the words for what is wrong.
///
/// Every rule returns the problems it finds, none when the text is fine.
public final class Names {

    private static final String LABEL_FORM = "[a-z0-9]([-a-z0-9]*[a-z0-9])?";
    private static final String SUBDOMAIN_FORM = LABEL_FORM + "(\\." + LABEL_FORM + ")*";
    private static final String LABEL_1035_FORM = "[a-z]([-a-z0-9]*[a-z0-9])?";
    private static final String NAME_PART_FORM = "([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9]";
    private static final String LABEL_VALUE_FORM = "(" + NAME_PART_FORM + ")?";
    private static final String CONFIG_KEY_FORM = "[-._a-zA-Z0-9]+";
    private static final String ENV_NAME_FORM = "[-._a-zA-Z][-._a-zA-Z0-9]*";
    private static final String HEADER_FORM = "[-A-Za-z0-9]+";

    private static final Pattern LABEL = Pattern.compile(LABEL_FORM);

    private static final Pattern LABEL_1035 = Pattern.compile(LABEL_1035_FORM);
    private static final Pattern NAME_PART = Pattern.compile(NAME_PART_FORM);
    private static final Pattern LABEL_VALUE = Pattern.compile(LABEL_VALUE_FORM);
    private static final Pattern CONFIG_KEY = Pattern.compile(CONFIG_KEY_FORM);
    private static final Pattern ENV_NAME = Pattern.compile(ENV_NAME_FORM);
    private static final Pattern HEADER = Pattern.compile(HEADER_FORM);

    private static final int LABEL_MAX = 63;
    private static final int SUBDOMAIN_MAX = 253;

    /// The rule of most kinds: a DNS subdomain.
    public static final NameRule SUBDOMAIN_NAME =
            (name, prefix) -> subdomain(prefix ? unfinished(name) : name);

    /// A DNS label.
    public static final NameRule LABEL_NAME =
            (name, prefix) -> label(prefix ? unfinished(name) : name);

    /// A DNS label that starts with a letter, as the names of services were once required to.
    public static final NameRule LABEL_1035_NAME =
            (name, prefix) -> label1035(prefix ? unfinished(name) : name);

    /// Anything that can be one segment of a URL path.
    public static final NameRule PATH_SEGMENT_NAME = (name, prefix) -> pathSegment(name, prefix);

    private Names() {}

    public static List<String> label(String text) {
        return check(
                text,
                LABEL.matcher(text).matches(),
                LABEL_MAX,
                "a lowercase RFC 1123 label must consist of lower case alphanumeric characters or"
                        + " '-', and must start and end with an alphanumeric character",
                "'my-name',  or '123-abc'",
                LABEL_FORM);
    }

    public static List<String> label1035(String text) {
        return check(
                text,
                LABEL_1035.matcher(text).matches(),
                LABEL_MAX,
                "a DNS-1035 label must consist of lower case alphanumeric characters or '-', start"
                        + " with an alphabetic character, and end with an alphanumeric character",
                "'my-name',  or 'abc-123'",
                LABEL_1035_FORM);
    }

    public static List<String> subdomain(String text) {
        return check(
                text,
                isSubdomain(text),
                SUBDOMAIN_MAX,
                "a lowercase RFC 1123 subdomain must consist of lower case alphanumeric"
                        + " characters, '-' or '.', and must start and end with an alphanumeric"
                        + " character",
                "'example.com'",
                SUBDOMAIN_FORM);
    }

    public static List<String> wildcardSubdomain(String text) {
        return check(
                text,
                text.startsWith("*.") && isSubdomain(text.substring(2)),
                SUBDOMAIN_MAX,
                "a wildcard DNS-1123 subdomain must start with '*.', followed by a valid DNS"
                        + " subdomain, which must consist of lower case alphanumeric characters,"
                        + " '-' or '.' and end with an alphanumeric character",
                "'*.example.com'",
                "\\*\\." + SUBDOMAIN_FORM);
    }

    public static List<String> labelValue(String text) {
        var problems = new ArrayList<String>();
        if (bytes(text) > LABEL_MAX) {
            problems.add("must be no more than " + LABEL_MAX + " bytes");
        }
        if (!LABEL_VALUE.matcher(text).matches()) {
            problems.add(
                    "a valid label must be an empty string or consist of alphanumeric characters,"
                            + " '-', '_' or '.', and must start and end with an alphanumeric"
                            + " character"
                            + example("'MyValue',  or 'my_value',  or '12345'", LABEL_VALUE_FORM));
        }
        return problems;
    }

    /// `name` or `dns.prefix/name`.
    public static List<String> qualified(String text) {
        var problems = new ArrayList<String>();
        var parts = text.split("/", -1);
        if (parts.length > 2) {
            return List.of(
                    "a qualified name "
                            + namePartProblem()
                            + " with an optional DNS subdomain prefix and '/' (e.g."
                            + " 'example.com/MyName')");
        }
        if (parts.length == 2) {
            if (parts[0].isEmpty()) {
                problems.add("prefix part must be non-empty");
            } else {
                subdomain(parts[0]).forEach(problem -> problems.add("prefix part " + problem));
            }
        }
        var name = parts[parts.length - 1];
        if (name.isEmpty()) {
            problems.add("name part must be non-empty");
        } else if (name.length() > LABEL_MAX) {
            problems.add("name part must be no more than " + LABEL_MAX + " bytes");
        }
        if (!NAME_PART.matcher(name).matches()) {
            problems.add("name part " + namePartProblem());
        }
        return problems;
    }

    /// A key of a ConfigMap or Secret, which is also a file name.
    public static List<String> configKey(String text) {
        var problems = new ArrayList<String>();
        if (bytes(text) > SUBDOMAIN_MAX) {
            problems.add(tooLong(SUBDOMAIN_MAX));
        }
        if (!CONFIG_KEY.matcher(text).matches()) {
            problems.add(
                    "a valid config key must consist of alphanumeric characters, '-', '_' or '.'"
                            + example(
                                    "'key.name',  or 'KEY_NAME',  or 'key-name'", CONFIG_KEY_FORM));
        }
        problems.addAll(dots(text));
        return problems;
    }

    /// The name of an environment variable; anything printable without `=` will do.
    public static List<String> envName(String text) {
        if (text.isEmpty()) {
            return List.of("environment variable name must not be empty");
        }
        var printable = text.chars().allMatch(c -> c >= ' ' && c <= '~' && c != '=');
        return printable
                ? List.of()
                : List.of(
                        "a valid environment variable name must consist only of printable ASCII"
                                + " characters other than '='");
    }

    /// The older, narrower rule, for values that become names of environment variables.
    public static List<String> strictEnvName(String text) {
        var problems = new ArrayList<String>();
        if (!ENV_NAME.matcher(text).matches()) {
            problems.add(
                    "a valid environment variable name must consist of alphabetic characters,"
                            + " digits, '_', '-', or '.', and must not start with a digit"
                            + example(
                                    "'my.env-name',  or 'MY_ENV.NAME',  or 'MyEnvName1'",
                                    ENV_NAME_FORM));
        }
        problems.addAll(dots(text));
        return problems;
    }

    public static List<String> httpHeader(String text) {
        return HEADER.matcher(text).matches()
                ? List.of()
                : List.of(
                        "a valid HTTP header must consist of alphanumeric characters or '-'"
                                + example("'X-Header-Name'", HEADER_FORM));
    }

    public static List<String> pathSegment(String text, boolean prefix) {
        var problems = new ArrayList<String>();
        if (!prefix && (text.equals(".") || text.equals(".."))) {
            problems.add("may not be '" + text + "'");
            return problems;
        }
        for (var part : List.of("/", "%")) {
            if (text.contains(part)) {
                problems.add("may not contain '" + part + "'");
            }
        }
        return problems;
    }

    /// The name of a port: letters, digits and single dashes, at least one letter, 15 at most.
    public static List<String> portName(String text) {
        var problems = new ArrayList<String>();
        if (text.length() > 15) {
            problems.add(tooLong(15));
        }
        if (!text.matches("[-a-z0-9]+")) {
            problems.add("must contain only alpha-numeric characters (a-z, 0-9), and hyphens (-)");
        }
        if (!text.matches(".*[a-z].*")) {
            problems.add("must contain at least one letter (a-z)");
        }
        if (text.contains("--")) {
            problems.add("must not contain consecutive hyphens");
        }
        if (text.startsWith("-") || text.endsWith("-")) {
            problems.add("must not begin or end with a hyphen");
        }
        return problems;
    }

    /// A generated name goes on after its last dash.
    private static String unfinished(String prefix) {
        return prefix.length() > 1 && prefix.endsWith("-")
                ? prefix.substring(0, prefix.length() - 2) + "a"
                : prefix;
    }

    /// Label by label, as one expression for all of it could exhaust the stack.
    private static boolean isSubdomain(String text) {
        for (var label : text.split("\\.", -1)) {
            if (!LABEL.matcher(label).matches()) {
                return false;
            }
        }
        return true;
    }

    private static List<String> dots(String text) {
        if (text.equals(".")) {
            return List.of("must not be '.'");
        }
        if (text.equals("..")) {
            return List.of("must not be '..'");
        }
        return text.startsWith("..") ? List.of("must not start with '..'") : List.of();
    }

    private static String namePartProblem() {
        return "must consist of alphanumeric characters, '-', '_' or '.', and must start and end"
                + " with an alphanumeric character"
                + example("'MyName',  or 'my.name',  or '123-abc'", NAME_PART_FORM);
    }

    private static List<String> check(
            String text, boolean matches, int max, String rule, String examples, String shown) {
        var problems = new ArrayList<String>();
        if (bytes(text) > max) {
            problems.add(tooLong(max));
        }
        if (!matches) {
            problems.add(rule + example(examples, shown));
        }
        return problems;
    }

    private static String example(String examples, String form) {
        return " (e.g. " + examples + ", regex used for validation is '" + form + "')";
    }

    private static String tooLong(int max) {
        return "must be no more than " + max + " characters";
    }

    private static int bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8).length;
    }
}
