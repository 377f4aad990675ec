package io.coxswain.apiserver.encryption;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.coxswain.storage.Key;
import io.coxswain.storage.UnreadableValueException;
import io.coxswain.storage.ValueTransformer;
import java.security.GeneralSecurityException;
import java.util.List;
import java.util.function.Function;

/// What an EncryptionConfiguration makes of values: the first provider of a resource seals, all of
/// them open.
final class EncryptionAtRest implements ValueTransformer, AutoCloseable {

    private static final Identity IDENTITY = new Identity();

    /// @param patterns `secrets`, `widgets.example.com`, `*.apps`, `*.` for the core group, `*.*`
    record Rule(List<String> patterns, List<Sealer> sealers) {

        boolean covers(String resource) {
            var dot = resource.indexOf('.');
            var group = dot < 0 ? "" : resource.substring(dot + 1);
            return patterns.contains(resource)
                    || patterns.contains("*." + group)
                    || patterns.contains("*.*");
        }
    }

    private final List<Rule> rules;
    private final Function<Key, String> paths;

    /// @param paths where etcd would keep an object; a sealed value opens only there
    EncryptionAtRest(List<Rule> rules, Function<Key, String> paths) {
        this.rules = rules;
        this.paths = paths;
    }

    /// Asks all key services how they are. Throws [Unavailable].
    void refresh() {
        for (var rule : rules) {
            for (var sealer : rule.sealers()) {
                if (sealer instanceof KmsSealer kms) {
                    kms.refresh();
                }
            }
        }
    }

    boolean asks() {
        return rules.stream()
                .flatMap(rule -> rule.sealers().stream())
                .anyMatch(KmsSealer.class::isInstance);
    }

    /// The first rule that names a resource outright or by a pattern decides.
    private List<Sealer> sealers(Key key) {
        for (var rule : rules) {
            if (rule.covers(key.resource())) {
                return rule.sealers();
            }
        }
        return List.of(IDENTITY);
    }

    @Override
    public byte[] toStorage(Key key, byte[] value) {
        var sealer = sealers(key).getFirst();
        return sealer.prefix().isEmpty()
                ? value
                : Prefixes.with(sealer.prefix(), sealer.seal(value, context(key)));
    }

    @Override
    public byte[] fromStorage(Key key, byte[] stored) {
        var problem = "no matching prefix found";
        for (var sealer : sealers(key)) {
            if (!Prefixes.starts(stored, sealer.prefix().getBytes(UTF_8))) {
                continue;
            }
            try {
                return sealer.open(Prefixes.without(sealer.prefix(), stored), context(key));
            } catch (GeneralSecurityException e) {
                problem = sealer.prefix().isEmpty() ? problem : String.valueOf(e.getMessage());
            }
        }
        throw new UnreadableValueException(
                "unable to transform key \"" + paths.apply(key) + "\": " + problem);
    }

    @Override
    public String method(Key key) {
        return sealers(key).getFirst().method();
    }

    @Override
    public String method(byte[] stored) {
        for (var rule : rules) {
            for (var sealer : rule.sealers()) {
                var prefix = sealer.prefix();
                if (!prefix.isEmpty() && Prefixes.starts(stored, prefix.getBytes(UTF_8))) {
                    return sealer.method(Prefixes.without(prefix, stored));
                }
            }
        }
        return "";
    }

    private byte[] context(Key key) {
        return paths.apply(key).getBytes(UTF_8);
    }

    @Override
    public void close() {
        rules.forEach(rule -> rule.sealers().forEach(Sealer::close));
    }
}
