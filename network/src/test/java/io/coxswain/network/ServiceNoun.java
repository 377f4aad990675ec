package io.coxswain.network;

import static io.coxswain.client.fixture.Nouns.any;

import io.coxswain.api.core.Service;
import io.coxswain.api.core.Service.LoadBalancerIngress;
import io.coxswain.api.core.Service.LoadBalancerStatus;
import io.coxswain.api.core.Service.ServicePort;
import io.coxswain.api.core.Service.ServiceSpec;
import io.coxswain.api.core.Service.ServiceStatus;
import io.coxswain.api.schema.Edit;
import io.coxswain.api.schema.IntOrString;
import io.coxswain.client.fixture.AnyNoun;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;

/// A Service in the making, of type ClusterIP unless it says otherwise.
public final class ServiceNoun {

    private final AnyNoun<Service> noun;

    private ServiceNoun(String name) {
        noun = any(Service.class, name);
        spec(spec ->
                Edit.of(spec)
                        .set(ServiceSpec::type, "ClusterIP")
                        .set(ServiceSpec::sessionAffinity, "None")
                        .set(ServiceSpec::internalTrafficPolicy, "Cluster")
                        .done());
    }

    public static ServiceNoun service(String name) {
        return new ServiceNoun(name);
    }

    public ServiceNoun spec(UnaryOperator<ServiceSpec> change) {
        noun.with(it -> Edit.with(it, Service::spec, change.apply(it.spec())));
        return this;
    }

    public ServiceNoun in(String namespace) {
        noun.in(namespace);
        return this;
    }

    public ServiceNoun labelled(String label, String value) {
        noun.labelled(label, value);
        return this;
    }

    public ServiceNoun at(String address) {
        return spec(spec ->
                Edit.of(spec)
                        .set(ServiceSpec::clusterIP, address)
                        .set(ServiceSpec::clusterIPs, List.of(address))
                        .done());
    }

    public ServiceNoun port(String name, String protocol, int port) {
        return port(name, protocol, port, 0);
    }

    public ServiceNoun port(String name, String protocol, int port, int nodePort) {
        var made = new ServicePort(name, protocol, null, port, IntOrString.of(port), nodePort);
        return spec(spec ->
                Edit.of(spec)
                        .change(
                                ServiceSpec::ports,
                                known -> {
                                    var all = new ArrayList<>(known);
                                    all.add(made);
                                    return List.copyOf(all);
                                })
                        .done());
    }

    public ServiceNoun type(String type) {
        return spec(spec ->
                Edit.of(spec)
                        .set(ServiceSpec::type, type)
                        .set(ServiceSpec::externalTrafficPolicy, "Cluster")
                        .done());
    }

    public ServiceNoun outsideLocal() {
        return spec(spec -> Edit.with(spec, ServiceSpec::externalTrafficPolicy, "Local"));
    }

    public ServiceNoun insideLocal() {
        return spec(spec -> Edit.with(spec, ServiceSpec::internalTrafficPolicy, "Local"));
    }

    public ServiceNoun sticky() {
        return spec(spec -> Edit.with(spec, ServiceSpec::sessionAffinity, "ClientIP"));
    }

    public ServiceNoun balancedAt(String address) {
        var ingress = new LoadBalancerIngress(address, "", "VIP", List.of());
        noun.with(it ->
                Edit.with(
                        it,
                        Service::status,
                        new ServiceStatus(new LoadBalancerStatus(List.of(ingress)), List.of())));
        return this;
    }

    public Service build() {
        return noun.build();
    }
}
