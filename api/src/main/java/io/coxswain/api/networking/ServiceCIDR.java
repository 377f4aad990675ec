package io.coxswain.api.networking;

import io.coxswain.api.meta.Condition;
import io.coxswain.api.meta.ObjectMeta;
import io.coxswain.api.schema.Kind;
import io.coxswain.api.schema.ListMap;
import io.coxswain.api.schema.Resource;
import io.coxswain.api.schema.Scope;
import io.coxswain.api.schema.Strategy;
import io.coxswain.api.validation.Addresses;
import io.coxswain.api.validation.Values;
import java.util.List;

@Kind(group = "networking.k8s.io", version = "v1", plural = "servicecidrs", scope = Scope.CLUSTER)
public record ServiceCIDR(ObjectMeta metadata, ServiceCIDRSpec spec, ServiceCIDRStatus status)
        implements Resource {

    public record ServiceCIDRSpec(List<String> cidrs) {}

    public record ServiceCIDRStatus(@ListMap("type") List<Condition> conditions) {}

    public static final Strategy<ServiceCIDR> STRATEGY =
            Strategy.<ServiceCIDR>standard()
                    .withoutGeneration()
                    .subresources("status")
                    .validate((range, errors) -> {
                        var all = errors.at("spec").at("cidrs");
                        if (range.spec().cidrs().isEmpty()) {
                            all.required("at least one CIDR required");
                        }
                        if (range.spec().cidrs().size() > 2) {
                            all.invalid(range.spec().cidrs(), "may only hold up to 2 values");
                        }
                        for (var i = 0; i < range.spec().cidrs().size(); i++) {
                            Addresses.block(
                                    range.spec().cidrs().get(i),
                                    errors.at("spec").at("cidrs").at(i));
                        }
                    })
                    .validateUpdate((old, updated, errors) -> {
                        for (var i = 0; i < old.spec().cidrs().size(); i++) {
                            Values.immutable(
                                    old.spec().cidrs().get(i),
                                    i < updated.spec().cidrs().size()
                                            ? updated.spec().cidrs().get(i)
                                            : null,
                                    errors.at("spec").at("cidrs").at(i));
                        }
                    });
}
