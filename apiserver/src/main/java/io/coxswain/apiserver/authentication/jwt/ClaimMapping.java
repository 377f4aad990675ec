package io.coxswain.apiserver.authentication.jwt;

import io.coxswain.api.json.Json;
import io.coxswain.api.schema.FieldErrors;
import io.coxswain.apiserver.User;
import io.coxswain.apiserver.authentication.jwt.AuthenticationConfiguration.JwtProvider;
import io.coxswain.apiserver.authentication.jwt.AuthenticationConfiguration.PrefixedClaim;
import io.coxswain.apiserver.cel.Budget;
import io.coxswain.apiserver.cel.CelEnvironment;
import io.coxswain.apiserver.cel.CelFailure;
import io.coxswain.apiserver.cel.DeclType;
import io.coxswain.apiserver.cel.Program;
import io.coxswain.apiserver.cel.Values;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// Makes a user of the claims of a token, as one provider's part of the configuration says; the
/// claims and the user have to keep its rules.
final class ClaimMapping {

    /// Why there is no user.
    static final class Refusal extends RuntimeException {
        private static final long serialVersionUID = 1L;

        Refusal(String message) {
            super(message, null, false, false);
        }
    }

    private static final DeclType TEXTS =
            new DeclType.ListOf(DeclType.STRING, DeclType.UNKNOWN_SIZE);
    private static final DeclType.ObjectOf USER =
            new DeclType.ObjectOf(
                    "kubernetes.UserInfo",
                    Map.of(
                            "username", new DeclType.Field("username", DeclType.STRING),
                            "uid", new DeclType.Field("uid", DeclType.STRING),
                            "groups", new DeclType.Field("groups", TEXTS),
                            "extra",
                                    new DeclType.Field(
                                            "extra",
                                            new DeclType.MapOf(
                                                    DeclType.STRING,
                                                    TEXTS,
                                                    DeclType.UNKNOWN_SIZE))));
    private static final CelEnvironment CLAIMS =
            new CelEnvironment(
                    Map.of(
                            "claims",
                            new DeclType.MapOf(
                                    DeclType.STRING, DeclType.DYN, DeclType.UNKNOWN_SIZE)));
    private static final CelEnvironment USERS = new CelEnvironment(Map.of("user", USER));

    private record Rule(@Nullable Program program, String message) {}

    private final JwtProvider provider;
    private final @Nullable Program username;
    private final @Nullable Program groups;
    private final @Nullable Program uid;
    private final Map<String, Program> extra = new LinkedHashMap<>();
    private final List<Rule> claimRules = new ArrayList<>();
    private final List<Rule> userRules = new ArrayList<>();

    private ClaimMapping(JwtProvider provider, FieldErrors errors) {
        this.provider = provider;
        var mappings = provider.claimMappings();
        var at = errors.at("claimMappings");
        var text = List.of("string", "dyn");
        var texts = List.of("string", "list(string)", "list(dyn)", "dyn");
        this.username = program(CLAIMS, mappings.username().expression(), text, at.at("username"));
        this.groups = program(CLAIMS, mappings.groups().expression(), texts, at.at("groups"));
        this.uid = program(CLAIMS, mappings.uid().expression(), text, at.at("uid"));
        for (var i = 0; i < mappings.extra().size(); i++) {
            var one = mappings.extra().get(i);
            var compiled = program(CLAIMS, one.valueExpression(), texts, at.at("extra").at(i));
            if (compiled != null) {
                extra.put(one.key(), compiled);
            }
        }
        var flag = List.of("bool");
        for (var i = 0; i < provider.claimValidationRules().size(); i++) {
            var rule = provider.claimValidationRules().get(i);
            var where = errors.at("claimValidationRules").at(i);
            claimRules.add(
                    new Rule(program(CLAIMS, rule.expression(), flag, where), rule.message()));
        }
        for (var i = 0; i < provider.userValidationRules().size(); i++) {
            var rule = provider.userValidationRules().get(i);
            var where = errors.at("userValidationRules").at(i);
            userRules.add(new Rule(program(USERS, rule.expression(), flag, where), rule.message()));
        }
        checkEmail(errors);
    }

    /// Adds to `errors` what does not compile.
    static ClaimMapping compile(JwtProvider provider, FieldErrors errors) {
        return new ClaimMapping(provider, errors);
    }

    private static @Nullable Program program(
            CelEnvironment environment, String text, List<String> types, FieldErrors errors) {
        if (text.isEmpty()) {
            return null;
        }
        return switch (environment.compile(text)) {
            case CelEnvironment.Rejected(var message) -> {
                errors.at("expression").invalid(text, "compilation failed: " + message);
                yield null;
            }
            case CelEnvironment.Compiled(var program) -> {
                if (!types.contains(program.resultTypeName())) {
                    errors.at("expression")
                            .invalid(
                                    text,
                                    types.size() == 1
                                            ? "must evaluate to " + types.getFirst()
                                            : "must return a " + String.join(" or a ", types));
                }
                yield program;
            }
        };
    }

    /// An address nobody has verified is no name.
    private void checkEmail(FieldErrors errors) {
        var expression = provider.claimMappings().username().expression();
        if (!expression.contains("claims.email")
                || expression.contains("claims.email_verified")
                || expression.contains("claims.?email_verified")) {
            return;
        }
        var mappings = provider.claimMappings();
        var used =
                mappings.extra().stream().anyMatch(one -> verifies(one.valueExpression()))
                        || provider.claimValidationRules().stream()
                                .anyMatch(rule ->
                                        verifies(rule.expression())
                                                || rule.claim().equals("email_verified"));
        if (!used) {
            errors.at("claimMappings")
                    .at("username")
                    .at("expression")
                    .invalid(
                            expression,
                            "claims.email_verified must be used in"
                                    + " claimMappings.username.expression or"
                                    + " claimMappings.extra[*].valueExpression or"
                                    + " claimValidationRules[*].expression when claims.email is"
                                    + " used in claimMappings.username.expression");
        }
    }

    private static boolean verifies(String expression) {
        return expression.contains("email_verified");
    }

    /// The user that verified claims stand for. Throws [Refusal].
    User user(Json.Obj claims) {
        checkClaims(claims);
        var name = name(claims);
        var mapped = new User(name, uid(claims), groups(claims), extra(claims));
        checkUser(mapped);
        return mapped;
    }

    private void checkClaims(Json.Obj claims) {
        for (var i = 0; i < claimRules.size(); i++) {
            var configured = provider.claimValidationRules().get(i);
            if (!configured.claim().isEmpty()) {
                checkClaim(claims, configured.claim(), configured.requiredValue());
                continue;
            }
            hold(claimRules.get(i), "claims", Values.of(claims));
        }
    }

    private static void checkClaim(Json.Obj claims, String name, String wanted) {
        if (claims.get(name) == null) {
            throw new Refusal("oidc: required claim " + name + " not present in ID token");
        }
        if (!(claims.get(name) instanceof Json.Str(var actual))) {
            throw new Refusal("oidc: parse claim " + name + ": it is no string");
        }
        if (!actual.equals(wanted)) {
            throw new Refusal(
                    "oidc: required claim "
                            + name
                            + " value does not match. Got = "
                            + actual
                            + ", want = "
                            + wanted);
        }
    }

    private static void hold(Rule rule, String variable, Object value) {
        var program = rule.program();
        if (program == null) {
            throw new Refusal("oidc: a rule cannot be evaluated");
        }
        if (!Boolean.TRUE.equals(evaluate(program, variable, value))) {
            throw new Refusal(
                    "oidc: error evaluating rule: validation expression '"
                            + program.text()
                            + "' failed: "
                            + rule.message());
        }
    }

    private String name(Json.Obj claims) {
        if (username != null) {
            var value = evaluate(username, "claims", Values.of(claims));
            if (!(value instanceof String name)) {
                throw new Refusal("oidc: error evaluating username claim expression: no string");
            }
            if (name.isEmpty()) {
                throw new Refusal("oidc: username cannot be empty");
            }
            return name;
        }
        var mapping = provider.claimMappings().username();
        if (!(claims.get(mapping.claim()) instanceof Json.Str(var name))) {
            throw new Refusal("oidc: parse username claims \"" + mapping.claim() + "\": no string");
        }
        if (mapping.claim().equals("email")) {
            var verified = claims.get("email_verified");
            if (verified != null && !verified.equals(Json.of(true))) {
                throw new Refusal("oidc: email not verified");
            }
        }
        if (name.isEmpty()) {
            throw new Refusal("oidc: username cannot be empty");
        }
        return prefixed(mapping, name);
    }

    private List<String> groups(Json.Obj claims) {
        if (groups != null) {
            return texts(evaluate(groups, "claims", Values.of(claims)), "groups");
        }
        var mapping = provider.claimMappings().groups();
        var value = mapping.claim().isEmpty() ? null : claims.get(mapping.claim());
        return switch (value) {
            case null -> List.of();
            case Json.Str(var one) -> List.of(prefixed(mapping, one));
            case Json.Arr(var items) -> {
                var all = new ArrayList<String>();
                for (var item : items) {
                    if (!(item instanceof Json.Str(var text))) {
                        throw new Refusal("oidc: parse groups claim: no string");
                    }
                    all.add(prefixed(mapping, text));
                }
                yield List.copyOf(all);
            }
            default -> throw new Refusal("oidc: parse groups claim: neither string nor list");
        };
    }

    private String uid(Json.Obj claims) {
        if (uid != null) {
            var value = evaluate(uid, "claims", Values.of(claims));
            if (value instanceof String text) {
                return text;
            }
            throw new Refusal("oidc: error evaluating uid claim expression: no string");
        }
        var claim = provider.claimMappings().uid().claim();
        if (claim.isEmpty()) {
            return "";
        }
        if (claims.get(claim) instanceof Json.Str(var text)) {
            return text;
        }
        throw new Refusal("oidc: uid claim \"" + claim + "\" is no string");
    }

    private Map<String, List<String>> extra(Json.Obj claims) {
        if (extra.isEmpty()) {
            return Map.of();
        }
        var all = new TreeMap<String, List<String>>();
        extra.forEach((key, program) -> {
            var values = texts(evaluate(program, "claims", Values.of(claims)), "extra");
            if (!values.isEmpty()) {
                all.put(key, values);
            }
        });
        return Map.copyOf(all);
    }

    private void checkUser(User user) {
        if (userRules.isEmpty()) {
            return;
        }
        var tree = new LinkedHashMap<String, Json>();
        tree.put("username", Json.of(user.name()));
        tree.put("uid", Json.of(user.uid()));
        tree.put("groups", Json.array(user.groups().stream().map(Json::of).toList()));
        var extras = new LinkedHashMap<String, Json>();
        user.extra()
                .forEach((key, values) ->
                        extras.put(key, Json.array(values.stream().map(Json::of).toList())));
        tree.put("extra", new Json.Obj(extras));
        var value = Values.of(new Json.Obj(tree), USER);
        userRules.forEach(rule -> hold(rule, "user", value));
    }

    private static Object evaluate(Program program, String variable, Object value) {
        try {
            return program.evaluate(
                    name -> name.equals(variable) ? value : null, new Budget(Budget.PER_OBJECT));
        } catch (CelFailure failure) {
            throw new Refusal(
                    "oidc: expression '"
                            + program.text()
                            + "' resulted in error: "
                            + failure.text());
        }
    }

    /// A string, a list of strings, or nothing; what is empty is nothing.
    private static List<String> texts(Object value, String what) {
        return switch (value) {
            case String text -> text.isEmpty() ? List.of() : List.of(text);
            case Json.Null none -> List.of();
            case List<?> items -> {
                var all = new ArrayList<String>();
                for (var item : items) {
                    if (!(item instanceof String text)) {
                        throw new Refusal("oidc: the " + what + " expression gives no strings");
                    }
                    if (!text.isEmpty()) {
                        all.add(text);
                    }
                }
                yield List.copyOf(all);
            }
            default -> throw new Refusal("oidc: the " + what + " expression gives no strings");
        };
    }

    private static String prefixed(PrefixedClaim mapping, String value) {
        return mapping.prefix() == null ? value : mapping.prefix() + value;
    }
}
