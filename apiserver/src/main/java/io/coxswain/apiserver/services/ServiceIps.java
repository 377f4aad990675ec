package io.coxswain.apiserver.services;

import io.coxswain.api.core.Service;
import io.coxswain.api.meta.ObjectMeta;
import io.coxswain.api.networking.IPAddress;
import io.coxswain.api.networking.IPAddress.IPAddressSpec;
import io.coxswain.api.networking.IPAddress.ParentReference;
import io.coxswain.api.networking.ServiceCIDR;
import io.coxswain.api.schema.ApiError;
import io.coxswain.api.schema.Edit;
import io.coxswain.apiserver.Call;
import io.coxswain.apiserver.User;
import io.coxswain.apiserver.registry.Catalog;
import io.coxswain.apiserver.registry.Registry;
import io.coxswain.apiserver.registry.WriteOptions;
import io.coxswain.http.Request;
import io.coxswain.storage.Entry;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The IPAddress objects that stand for the cluster IPs in use. Creating the object is what gives
/// an address out, so two API servers on one store never give out the same.
final class ServiceIps {

    private static final User SELF = User.of("system:apiserver", User.MASTERS);
    private static final WriteOptions OPTIONS = WriteOptions.internal("kube-apiserver");
    private static final String FAMILY = "ipaddress.kubernetes.io/ip-family";
    private static final String MANAGED_BY = "ipaddress.kubernetes.io/managed-by";
    private static final Duration GRACE = Duration.ofSeconds(60);
    private static final String ALLOCATOR = "ipallocator.k8s.io";

    private final AddressRange configured;
    private final Registry registry;
    private final Catalog catalog;

    /// @param registry writes without admission
    ServiceIps(AddressRange configured, Registry registry, Catalog catalog) {
        this.configured = configured;
        this.registry = registry;
        this.catalog = catalog;
    }

    /// The ranges that Services may have addresses of: the configured one, and every ready
    /// ServiceCIDR of IPv4.
    List<AddressRange> ranges() {
        var ranges = new ArrayList<AddressRange>();
        ranges.add(configured);
        for (var cidr : catalog.all(registry.store().snapshot(), ServiceCIDR.class)) {
            var ready =
                    !cidr.deleting()
                            && cidr.status().conditions().stream()
                                    .anyMatch(one ->
                                            one.type().equals("Ready")
                                                    && one.status().equals("True"));
            for (var block : ready ? cidr.spec().cidrs() : List.<String>of()) {
                if (!block.contains(":") && !block.equals(configured.cidr())) {
                    ranges.add(AddressRange.parse(block));
                }
            }
        }
        return ranges;
    }

    /// Whether an address is free, or was taken by this Service before.
    boolean free(String address, Service service) {
        var entry = find(address);
        return entry == null || abandoned(entry) || isOf(object(entry), service);
    }

    /// Takes an address for a Service; false when somebody else has it.
    boolean take(String address, Service service) {
        var entry = find(address);
        if (entry != null) {
            if (isOf(object(entry), service)) {
                return true;
            }
            if (!abandoned(entry)) {
                return false;
            }
            remove(entry);
        }
        try {
            var kind = catalog.of(IPAddress.class);
            var call = Call.of(Request.of("POST", kind.kind().path(""))).as(SELF);
            registry.create(call, kind, "", address(address, service), OPTIONS);
            return true;
        } catch (ApiError error) {
            if (error.alreadyExists()) {
                return false;
            }
            throw error;
        }
    }

    /// Gives back what a Service had.
    void release(Service service) {
        for (var address : service.spec().clusterIPs()) {
            var entry = address.equals("None") ? null : find(address);
            if (entry != null && isOf(object(entry), service)) {
                remove(entry);
            }
        }
    }

    /// Makes addresses and Services agree, after a crash between two writes: each Service's address
    /// has its object, each object its Service.
    void repair() {
        var inUse = new HashSet<String>();
        for (var service : catalog.all(registry.store().snapshot(), Service.class)) {
            for (var address : service.spec().clusterIPs()) {
                if (!address.equals("None") && !address.isEmpty()) {
                    inUse.add(address);
                    take(address, service);
                }
            }
        }
        for (var known : catalog.all(registry.store().snapshot(), IPAddress.class)) {
            if (ALLOCATOR.equals(known.metadata().labels().get(MANAGED_BY))
                    && !(registry.store().shared() && recent(known))
                    && !inUse.contains(known.name())) {
                var entry = find(known.name());
                if (entry != null) {
                    remove(entry);
                }
            }
        }
    }

    private @Nullable Entry find(String address) {
        return registry.find(catalog.of(IPAddress.class).key("", address));
    }

    private IPAddress object(Entry entry) {
        return catalog.of(IPAddress.class).object(entry);
    }

    private void remove(Entry entry) {
        var kind = catalog.of(IPAddress.class);
        registry.remove(kind, entry, kind.object(entry), OPTIONS);
    }

    private static boolean isOf(IPAddress address, Service service) {
        var parent = address.spec().parentRef();
        return parent.name().equals(service.name())
                && parent.namespace().equals(service.namespace());
    }

    /// Whether the Service that had it is gone, or has another address now.
    private boolean abandoned(Entry entry) {
        var address = object(entry);
        if (!ALLOCATOR.equals(address.metadata().labels().get(MANAGED_BY))) {
            return false;
        }
        if (recent(address)) {
            return false; // Its Service may be about to be stored.
        }
        var parent = address.spec().parentRef();
        var services = catalog.of(Service.class);
        var owner = registry.find(services.key(parent.namespace(), parent.name()));
        return owner == null
                || !services.object(owner).spec().clusterIPs().contains(address.name());
    }

    private boolean recent(IPAddress address) {
        var created = address.metadata().creationTimestamp();
        return created != null && created.plus(GRACE).isAfter(registry.clock().now());
    }

    private static IPAddress address(String address, Service service) {
        Map<String, String> labels = new HashMap<>();
        labels.put(FAMILY, "IPv4");
        labels.put(MANAGED_BY, ALLOCATOR);
        var metadata =
                Edit.of(ObjectMeta.class)
                        .set(ObjectMeta::name, address)
                        .set(ObjectMeta::labels, Map.copyOf(labels))
                        .done();
        return new IPAddress(
                metadata,
                new IPAddressSpec(
                        new ParentReference("", "services", service.namespace(), service.name())));
    }
}
