package io.coxswain.apiserver.cel;

import com.google.common.collect.ImmutableList;
import dev.cel.common.CelFunctionDecl;
import dev.cel.common.CelOverloadDecl;
import dev.cel.common.types.CelType;
import dev.cel.common.types.ListType;
import dev.cel.common.types.MapType;
import dev.cel.common.types.OpaqueType;
import dev.cel.common.types.OptionalType;
import dev.cel.common.types.SimpleType;
import dev.cel.common.types.TypeParamType;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Reads overloads written as text: `list<T>.indexOf(T): int`, `sets.contains(list<T>, list<T>):
/// bool`.
final class Signatures {

    private static final Map<String, CelType> NAMED =
            Map.ofEntries(
                    Map.entry("bool", SimpleType.BOOL),
                    Map.entry("int", SimpleType.INT),
                    Map.entry("uint", SimpleType.UINT),
                    Map.entry("double", SimpleType.DOUBLE),
                    Map.entry("string", SimpleType.STRING),
                    Map.entry("bytes", SimpleType.BYTES),
                    Map.entry("timestamp", SimpleType.TIMESTAMP),
                    Map.entry("duration", SimpleType.DURATION),
                    Map.entry("dyn", SimpleType.DYN),
                    Map.entry("Quantity", OpaqueType.create("kubernetes.Quantity")),
                    Map.entry("IP", OpaqueType.create("net.IP")),
                    Map.entry("CIDR", OpaqueType.create("net.CIDR")),
                    Map.entry("URL", OpaqueType.create("kubernetes.URL")),
                    Map.entry("Semver", OpaqueType.create("kubernetes.Semver")),
                    Map.entry("Format", OpaqueType.create("kubernetes.NamedFormat")),
                    authorization("Authorizer"),
                    authorization("PathCheck"),
                    authorization("GroupCheck"),
                    authorization("ResourceCheck"),
                    authorization("Decision"));

    private final String text;
    private int at;

    private Signatures(String text) {
        this.text = text;
    }

    /// All overloads, those of one name together.
    static List<CelFunctionDecl> read(List<String> texts) {
        var byName = new LinkedHashMap<String, List<CelOverloadDecl>>();
        for (var text : texts) {
            new Signatures(text).overload(byName);
        }
        return byName.entrySet().stream()
                .map(e -> CelFunctionDecl.newFunctionDeclaration(e.getKey(), e.getValue()))
                .toList();
    }

    private void overload(Map<String, List<CelOverloadDecl>> byName) {
        var receiver = receiver();
        var open = text.indexOf('(', at);
        var name = text.substring(at, open);
        at = open + 1;
        var parameters = new ArrayList<CelType>();
        if (receiver != null) {
            parameters.add(receiver);
        }
        while (text.charAt(at) != ')') {
            parameters.add(type());
            skip(", ");
        }
        at++;
        skip(": ");
        var result = type();
        var overload =
                receiver == null
                        ? CelOverloadDecl.newGlobalOverload(text, result, parameters)
                        : CelOverloadDecl.newMemberOverload(text, result, parameters);
        byName.computeIfAbsent(name, key -> new ArrayList<>()).add(overload);
    }

    /// The type before the first dot, if it is one; else the dot belongs to the name.
    private @Nullable CelType receiver() {
        var start = at;
        var found = typeOrNull();
        if (found != null && text.charAt(at) == '.') {
            at++;
            return found;
        }
        at = start;
        return null;
    }

    private CelType type() {
        var found = typeOrNull();
        if (found == null) {
            throw new IllegalArgumentException("no type at " + at + " in " + text);
        }
        return found;
    }

    private @Nullable CelType typeOrNull() {
        var end = at;
        while (end < text.length() && Character.isLetterOrDigit(text.charAt(end))) {
            end++;
        }
        var name = text.substring(at, end);
        at = end;
        if (at < text.length() && text.charAt(at) == '<') {
            return generic(name);
        }
        if (name.length() == 1 && Character.isUpperCase(name.charAt(0))) {
            return TypeParamType.create(name);
        }
        return NAMED.get(name);
    }

    private CelType generic(String name) {
        at++;
        var first = type();
        skip(", ");
        var parts = ImmutableList.<CelType>builder().add(first);
        if (name.equals("map")) {
            parts.add(type());
        }
        at++;
        var all = parts.build();
        return switch (name) {
            case "list" -> ListType.create(first);
            case "map" -> MapType.create(first, all.get(1));
            case "optional" -> OptionalType.create(first);
            default -> throw new IllegalArgumentException("no generic type " + name);
        };
    }

    private void skip(String separator) {
        if (text.startsWith(separator, at)) {
            at += separator.length();
        }
    }

    private static Map.Entry<String, CelType> authorization(String name) {
        return Map.entry(name, OpaqueType.create("kubernetes.authorization." + name));
    }
}
