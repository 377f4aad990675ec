package io.coxswain.api.networking;

import io.coxswain.api.meta.ObjectMeta;
import io.coxswain.api.schema.FieldErrors;
import io.coxswain.api.schema.Kind;
import io.coxswain.api.schema.OmitEmpty;
import io.coxswain.api.schema.Required;
import io.coxswain.api.schema.Resource;
import io.coxswain.api.schema.Scope;
import io.coxswain.api.schema.Strategy;
import io.coxswain.api.validation.Addresses;
import io.coxswain.api.validation.Values;
import java.util.List;

@Kind(
        group = "networking.k8s.io",
        version = "v1",
        plural = "ipaddresses",
        shortNames = "ip",
        scope = Scope.CLUSTER)
public record IPAddress(ObjectMeta metadata, @Required IPAddressSpec spec) implements Resource {

    public record IPAddressSpec(@Required @OmitEmpty ParentReference parentRef) {}

    public record ParentReference(
            String group,
            @Required @OmitEmpty String resource,
            String namespace,
            @Required @OmitEmpty String name) {}

    public static final Strategy<IPAddress> STRATEGY =
            Strategy.<IPAddress>standard()
                    .withoutGeneration()
                    .names(IPAddress::nameProblems)
                    .validate(IPAddress::check)
                    .validateUpdate((old, updated, errors) ->
                            Values.immutable(
                                    old.spec().parentRef(),
                                    updated.spec().parentRef(),
                                    errors.at("spec").at("parentRef")));

    /// The name is the address, in its usual form.
    private static List<String> nameProblems(String name, boolean prefix) {
        if (name.matches(".*\\b0[0-9].*") && !name.contains(":")) {
            return List.of("must not have leading 0s");
        }
        var canonical = Addresses.canonical(name);
        if (canonical == null) {
            return List.of("must be a valid IP address, (e.g. 10.9.8.7 or 2001:db8::ffff)");
        }
        return canonical.equals(name) ? List.of() : List.of("must be in canonical form");
    }

    private static void check(IPAddress address, FieldErrors errors) {
        var parent = address.spec().parentRef();
        var at = errors.at("spec").at("parentRef");
        if (parent.resource().isEmpty() && parent.name().isEmpty()) {
            at.required("");
            return;
        }
        if (parent.resource().isEmpty()) {
            at.at("resource").required("");
        }
        if (parent.name().isEmpty()) {
            at.at("name").required("");
        }
    }
}
