package io.coxswain.apiserver.services;

import io.coxswain.api.core.Service;
import io.coxswain.api.core.Service.ServiceSpec;
import io.coxswain.api.schema.Edit;
import io.coxswain.api.schema.Errors;
import io.coxswain.api.schema.FieldErrors;
import io.coxswain.apiserver.admission.AdmissionPlugin;
import io.coxswain.apiserver.admission.AdmissionRequest;
import io.coxswain.apiserver.admission.AdmissionRequest.Operation;
import io.coxswain.apiserver.registry.Catalog;
import io.coxswain.apiserver.registry.Names;
import io.coxswain.apiserver.registry.Registry;
import io.coxswain.base.Clock;
import io.coxswain.storage.Store;
import java.util.List;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/// Gives Services their families, cluster IP and node ports, and refuses ones that are taken.
public final class ServiceAllocation implements AdmissionPlugin {

    private static final int ATTEMPTS = 64;

    private final ServiceIps addresses;
    private final ServicePorts ports;
    private final Store store;
    private final Catalog catalog;
    private final RandomGenerator random;

    public ServiceAllocation(
            AddressRange range, Store store, Catalog catalog, Clock clock, RandomGenerator random) {
        var objects = new Registry(store, clock, List.of(), new Names(random));
        this.addresses = new ServiceIps(range, objects, catalog);
        this.ports = new ServicePorts(new PortClaims(store, catalog), clock, random);
        this.store = store;
        this.catalog = catalog;
        this.random = random;
    }

    /// Makes IPAddress objects and Services agree; once, at start.
    public void repair() {
        addresses.repair();
    }

    @Override
    @SuppressWarnings("unchecked")
    public <T> T allocate(AdmissionRequest<T> request, T object) {
        var writes =
                request.operation() == Operation.CREATE || request.operation() == Operation.UPDATE;
        if (!writes || !request.subresource().isEmpty() || !(object instanceof Service service)) {
            return object;
        }
        var old = request.old() instanceof Service stored ? stored : null;
        var before = old == null ? null : old.spec();
        var addressed = withAddress(service, before, request.dryRun());
        var others = catalog.all(store.snapshot(), Service.class);
        var spec = ports.given(addressed, before, others, request.dryRun());
        if (old != null && spec.clusterIPs().isEmpty() && !request.dryRun()) {
            addresses.release(old); // It became an ExternalName.
        }
        return (T) Edit.with(service, Service::spec, spec);
    }

    /// A Service that goes gives back at once what it had.
    @Override
    public <T> void validate(AdmissionRequest<T> request, T object) {
        if (request.operation() == Operation.DELETE
                && !request.dryRun()
                && object instanceof Service service) {
            ports.release(service.spec());
            if (service.metadata().finalizers().isEmpty()) {
                addresses.release(service);
            }
        }
    }

    private Service withAddress(Service service, @Nullable ServiceSpec old, boolean dryRun) {
        if (service.spec().type().equals("ExternalName")) {
            var spec =
                    Edit.of(service.spec())
                            .set(ServiceSpec::clusterIP, "")
                            .set(ServiceSpec::clusterIPs, List.of());
            if (old != null && !old.type().equals("ExternalName")) {
                spec.set(ServiceSpec::ipFamilies, List.of()).set(ServiceSpec::ipFamilyPolicy, null);
            }
            return Edit.with(service, Service::spec, spec.done());
        }
        var spec = ServiceFamilies.settle(service, old);
        var asked = spec.clusterIP();
        if (asked.isEmpty() && old != null) {
            asked = old.clusterIP();
        }
        var address = asked.isEmpty() ? free(service, dryRun) : asked;
        var kept = old != null && address.equals(old.clusterIP());
        if (!kept && !asked.isEmpty() && !asked.equals("None")) {
            take(service, asked, dryRun);
        }
        return Edit.with(
                service,
                Service::spec,
                Edit.of(spec)
                        .set(ServiceSpec::clusterIP, address)
                        .set(ServiceSpec::clusterIPs, List.of(address))
                        .done());
    }

    private void take(Service service, String asked, boolean dryRun) {
        var errors = new FieldErrors();
        var field = errors.at("spec").at("clusterIPs");
        if (addresses.ranges().stream().noneMatch(range -> range.contains(asked))) {
            field.invalid(
                    List.of(asked),
                    "failed to allocate IP "
                            + asked
                            + ": the provided IP ("
                            + asked
                            + ") is not in the valid range. The range of valid IPs is "
                            + addresses.ranges().getFirst().cidr());
        } else if (!take(asked, service, dryRun)) {
            field.invalid(
                    List.of(asked),
                    "failed to allocate IP " + asked + ": provided IP is already allocated");
        }
        if (!errors.isEmpty()) {
            throw Errors.invalid("", "Service", service.name(), errors.all());
        }
    }

    private boolean take(String address, Service service, boolean dryRun) {
        return dryRun ? addresses.free(address, service) : addresses.take(address, service);
    }

    /// A free address, from the upper part of a range: the lower one is left for those that are
    /// asked for by name (KEP-3070).
    private String free(Service service, boolean dryRun) {
        for (var range : addresses.ranges()) {
            var reserved = Math.min(256, Math.max(16, range.size() / 16));
            for (var attempt = 0; attempt < ATTEMPTS && range.size() > reserved + 1; attempt++) {
                var address = range.at(reserved + random.nextLong(range.size() - reserved - 1));
                if (take(address, service, dryRun)) {
                    return address;
                }
            }
            for (var offset = range.size() - 2; offset > 0; offset--) {
                if (take(range.at(offset), service, dryRun)) {
                    return range.at(offset);
                }
            }
        }
        throw Errors.internal("failed to allocate a serviceIP: range is full");
    }
}
