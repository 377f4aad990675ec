package io.coxswain.apiserver.registry;

import io.coxswain.api.meta.ObjectMeta;
import io.coxswain.api.schema.Errors;
import io.coxswain.api.schema.FieldErrors;
import io.coxswain.api.schema.ResourceKind;
import java.util.random.RandomGenerator;

/// Makes the names of objects that ask for a generated one: their prefix and five random
/// characters.
public final class Names {

    /// No vowels and no digits that look like letters, so that no words come out (upstream's
    /// `rand`).
    private static final String ALPHABET = "bcdfghjklmnpqrstvwxz2456789";

    private static final int RANDOM_LENGTH = 5;
    private static final int PREFIX_MAX = 63 - RANDOM_LENGTH;

    private final RandomGenerator random;

    public Names(RandomGenerator random) {
        this.random = random;
    }

    String generate(ResourceKind<?> kind, ObjectMeta meta) {
        var prefix = meta.generateName();
        if (prefix.isEmpty()) {
            var errors = new FieldErrors();
            errors.at("metadata").at("name").required("name or generateName is required");
            throw Errors.invalid(kind.group(), kind.kind(), "", errors.all());
        }
        var name =
                new StringBuilder(
                        prefix.length() > PREFIX_MAX ? prefix.substring(0, PREFIX_MAX) : prefix);
        synchronized (random) {
            for (var i = 0; i < RANDOM_LENGTH; i++) {
                name.append(ALPHABET.charAt(random.nextInt(ALPHABET.length())));
            }
        }
        return name.toString();
    }
}
