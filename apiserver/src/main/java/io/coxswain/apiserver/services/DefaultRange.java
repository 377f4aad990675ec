package io.coxswain.apiserver.services;

import io.coxswain.api.meta.Condition;
import io.coxswain.api.meta.ObjectMeta;
import io.coxswain.api.networking.ServiceCIDR;
import io.coxswain.api.networking.ServiceCIDR.ServiceCIDRSpec;
import io.coxswain.api.networking.ServiceCIDR.ServiceCIDRStatus;
import io.coxswain.api.schema.Edit;
import io.coxswain.apiserver.Call;
import io.coxswain.apiserver.User;
import io.coxswain.apiserver.registry.Catalog;
import io.coxswain.apiserver.registry.Part;
import io.coxswain.apiserver.registry.Registry;
import io.coxswain.apiserver.registry.Times;
import io.coxswain.apiserver.registry.WriteOptions;
import io.coxswain.http.Request;
import java.util.List;

/// The ServiceCIDR `kubernetes`, which says where the configured range of cluster IPs is.
public final class DefaultRange {

    private static final String NAME = "kubernetes";
    private static final User SELF = User.of("system:apiserver", User.MASTERS);
    private static final WriteOptions OPTIONS = WriteOptions.internal("kube-apiserver");

    private final Registry registry;
    private final Catalog catalog;

    public DefaultRange(Registry registry, Catalog catalog) {
        this.registry = registry;
        this.catalog = catalog;
    }

    /// Creates the object when it is missing, and says that it is ready.
    public void publish(AddressRange range) {
        var kind = catalog.of(ServiceCIDR.class);
        var call = Call.of(Request.of("PUT", kind.kind().path("", NAME))).as(SELF);
        var key = kind.key("", NAME);
        if (registry.find(key) != null) {
            return;
        }
        var created =
                new ServiceCIDR(
                        Edit.with(Edit.of(ObjectMeta.class).done(), ObjectMeta::name, NAME),
                        new ServiceCIDRSpec(List.of(range.cidr())),
                        new ServiceCIDRStatus(List.of()));
        registry.create(call, kind, "", created, OPTIONS);
        var ready =
                Edit.of(Condition.class)
                        .set(Condition::type, "Ready")
                        .set(Condition::status, "True")
                        .set(Condition::message, "Kubernetes default Service CIDR is ready")
                        .set(Condition::lastTransitionTime, Times.seconds(registry.clock().now()))
                        .done();
        var status = new ServiceCIDRStatus(List.of(ready));
        registry.update(
                call,
                kind,
                key,
                Part.STATUS,
                stored -> Edit.with(stored, ServiceCIDR::status, status),
                OPTIONS);
    }
}
