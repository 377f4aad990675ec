package io.coxswain.apiserver.encryption;

import io.coxswain.api.json.Json;
import io.coxswain.api.schema.FieldErrors;
import io.coxswain.base.Clock;
import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/// Reads an `EncryptionConfiguration`. What is wrong with it is said as Kubernetes' own server
/// says it, without ever naming a key.
final class EncryptionConfiguration {

    private static final Duration TIMEOUT = Duration.ofSeconds(3);
    private static final List<Integer> AES_BYTES = List.of(16, 24, 32);
    private static final List<Integer> BOX_BYTES = List.of(32);
    private static final List<String> PROVIDERS =
            List.of("aescbc", "aesgcm", "secretbox", "kms", "identity");

    private final KmsPlugin.Connector connector;
    private final Clock clock;
    private final FieldErrors errors = new FieldErrors();
    private final Set<String> services = new HashSet<>();
    private final List<Sealer> made = new ArrayList<>();

    EncryptionConfiguration(KmsPlugin.Connector connector, Clock clock) {
        this.connector = connector;
        this.clock = clock;
    }

    /// Throws [IllegalArgumentException] with everything that is wrong.
    List<EncryptionAtRest.Rule> read(Json.Obj tree) {
        if (!tree.text("kind").equals("EncryptionConfiguration")
                || !tree.text("apiVersion").equals("apiserver.config.k8s.io/v1")) {
            throw new IllegalArgumentException(
                    "no kind \""
                            + tree.text("kind")
                            + "\" is registered for version \""
                            + tree.text("apiVersion")
                            + "\"");
        }
        var items = tree.items("resources");
        if (items.isEmpty()) {
            errors.at("resources").required("at least one resources is required");
        }
        var rules = new ArrayList<EncryptionAtRest.Rule>();
        for (var i = 0; i < items.size(); i++) {
            var item = items.get(i) instanceof Json.Obj object ? object : Json.EMPTY;
            var at = errors.at("resources").at(i);
            rules.add(
                    new EncryptionAtRest.Rule(
                            patterns(item, at.at("resources")), sealers(item, at.at("providers"))));
        }
        if (!errors.isEmpty()) {
            made.forEach(Sealer::close);
            throw new IllegalArgumentException(
                    String.join(", ", errors.all().stream().map(Object::toString).toList()));
        }
        return List.copyOf(rules);
    }

    private static List<String> patterns(Json.Obj item, FieldErrors at) {
        var names = new ArrayList<String>();
        for (var name : item.items("resources")) {
            names.add(name instanceof Json.Str(var text) ? text : "");
        }
        if (names.isEmpty()) {
            at.required("at least one resource is required");
        }
        for (var i = 0; i < names.size(); i++) {
            var problem = problem(names.get(i));
            if (problem != null) {
                at.at(i).invalid(names.get(i), problem);
            }
        }
        if (new HashSet<>(names).size() < names.size()) {
            at.invalid(names, "the same resource cannot be specified multiple times");
        } else if (overlap(names)) {
            at.invalid(
                    names,
                    "using overlapping resources such as 'secrets' and '*.' in the same resource"
                            + " list is not allowed as they will be masked");
        }
        return names;
    }

    private static @Nullable String problem(String name) {
        if (!name.equals(name.toLowerCase(Locale.ROOT))) {
            return "resource name should not contain capital letters";
        }
        if (name.equals("*")) {
            return "use '*.' to encrypt all the resources from core API group or *.* to encrypt all"
                    + " resources";
        }
        if (name.equals("apiserveripinfo")
                || name.equals("serviceipallocations")
                || name.equals("servicenodeportallocations")) {
            return "resources which do not have REST API/s cannot be encrypted";
        }
        if (name.endsWith(".events.k8s.io")) {
            return "'*.events.k8s.io' objects are stored using the 'events' API group in etcd. Use"
                    + " 'events' instead in the config file";
        }
        if (name.endsWith(".extensions")) {
            return "'extensions' group has been removed and cannot be used for encryption";
        }
        return name.endsWith(".*") && !name.equals("*.*")
                ? "resources cannot be encrypted across groups"
                : null;
    }

    private static boolean overlap(List<String> names) {
        Predicate<String> others = name -> names.stream().anyMatch(one -> covers(name, one));
        return names.stream().anyMatch(others);
    }

    private static boolean covers(String wide, String narrow) {
        if (wide.equals(narrow)) {
            return false;
        }
        var dot = narrow.indexOf('.');
        var group = dot < 0 ? "" : narrow.substring(dot + 1);
        return wide.equals("*.*") || wide.equals("*." + group);
    }

    private List<Sealer> sealers(Json.Obj item, FieldErrors at) {
        var providers = item.items("providers");
        if (providers.isEmpty()) {
            at.required("at least one provider is required");
        }
        var sealers = new ArrayList<Sealer>();
        for (var i = 0; i < providers.size(); i++) {
            var provider = providers.get(i) instanceof Json.Obj object ? object : Json.EMPTY;
            var kinds = PROVIDERS.stream().filter(kind -> provider.get(kind) != null).toList();
            if (kinds.isEmpty()) {
                at.at(i)
                        .required(
                                "provider does not contain any of the expected providers:"
                                        + " KMS, AESGCM, AESCBC, Secretbox, Identity");
            } else if (kinds.size() > 1) {
                at.at(i)
                        .invalid(
                                kinds,
                                "more than one provider specified in a single element, should split"
                                        + " into different list elements");
            } else {
                sealers.addAll(provider(kinds.getFirst(), provider, at.at(i)));
            }
        }
        made.addAll(sealers);
        return sealers;
    }

    private List<Sealer> provider(String kind, Json.Obj provider, FieldErrors at) {
        var settings = provider.object(kind);
        return switch (kind) {
            case "aesgcm" -> keys(settings, AES_BYTES, KeySealers.Gcm::new, at.at(kind));
            case "aescbc" -> keys(settings, AES_BYTES, KeySealers.Cbc::new, at.at(kind));
            case "secretbox" -> keys(settings, BOX_BYTES, KeySealers.Box::new, at.at(kind));
            case "kms" -> service(settings, at.at(kind));
            default -> List.of(new Identity());
        };
    }

    private static List<Sealer> keys(
            Json.Obj settings,
            List<Integer> sizes,
            BiFunction<String, byte[], Sealer> maker,
            FieldErrors errors) {
        var keys = settings.items("keys");
        var at = errors.at("keys");
        if (keys.isEmpty()) {
            at.required("at least one keys is required");
        }
        var sealers = new ArrayList<Sealer>();
        for (var i = 0; i < keys.size(); i++) {
            var key = keys.get(i) instanceof Json.Obj object ? object : Json.EMPTY;
            var name = key.text("name");
            if (name.isEmpty()) {
                at.at(i).at("name").required("name is a mandatory field for a key");
            }
            var secret = secret(key.text("secret"), sizes, at.at(i).at("secret"));
            if (secret != null && !name.isEmpty()) {
                sealers.add(maker.apply(name, secret));
            }
        }
        return sealers;
    }

    private static byte @Nullable [] secret(String text, List<Integer> sizes, FieldErrors at) {
        if (text.isEmpty()) {
            at.required("secret is a mandatory field for a key");
            return null;
        }
        try {
            var secret = Base64.getDecoder().decode(text.replace("\n", ""));
            if (sizes.contains(secret.length)) {
                return secret;
            }
            at.invalid(
                    "REDACTED",
                    "secret is not of the expected length, got "
                            + secret.length
                            + ", expected one of "
                            + sizes.toString().replace(",", ""));
        } catch (IllegalArgumentException e) {
            at.invalid("REDACTED", "secrets must be base64 encoded");
        }
        return null;
    }

    private List<Sealer> service(Json.Obj settings, FieldErrors at) {
        var name = settings.text("name");
        if (name.isEmpty()) {
            at.at("name").required("name is a mandatory field for a provider");
        } else if (name.contains(":")) {
            at.at("name")
                    .invalid(name, "invalid KMS provider name " + name + ", must not contain ':'");
        }
        if (!settings.text("apiVersion").equals("v2")) {
            at.at("apiVersion")
                    .invalid(
                            settings.text("apiVersion"),
                            "KMSv1 is deprecated and will only receive security updates going"
                                    + " forward. Use KMSv2 instead. To use KMSv1, set"
                                    + " --feature-gates=KMSv1=true");
        } else if (!services.add(name)) {
            at.at("name")
                    .invalid(
                            name, "duplicate KMS provider name " + name + ", names must be unique");
        }
        var endpoint = settings.text("endpoint");
        var timeout = timeout(settings.text("timeout"), at.at("timeout"));
        if (endpoint.isEmpty()) {
            at.at("endpoint").required("endpoint is a mandatory field for a provider");
        } else if (!endpoint.startsWith("unix://")) {
            var colon = endpoint.indexOf(':');
            at.at("endpoint")
                    .invalid(
                            endpoint,
                            "unsupported scheme \""
                                    + (colon < 0 ? "" : endpoint.substring(0, colon))
                                    + "\" for KMS provider, only unix is supported");
        }
        if (!errors.isEmpty()) {
            return List.of();
        }
        var socket = endpoint.substring("unix://".length());
        return List.of(new KmsSealer(name, connector.connect(socket, timeout), clock));
    }

    private static Duration timeout(String text, FieldErrors at) {
        if (text.isEmpty()) {
            return TIMEOUT;
        }
        try {
            var timeout = Duration.parse("PT" + text.toUpperCase(Locale.ROOT));
            if (timeout.isPositive()) {
                return timeout;
            }
        } catch (DateTimeParseException e) {
            at.invalid(text, "time: invalid duration \"" + text + "\"");
            return TIMEOUT;
        }
        at.invalid(text, "timeout should be a positive value");
        return TIMEOUT;
    }
}
