package io.coxswain.controllers.endpoints;

import static io.coxswain.client.fixture.Nouns.NOW;
import static io.coxswain.client.fixture.Nouns.any;
import static io.coxswain.client.fixture.Nouns.node;
import static io.coxswain.client.fixture.Nouns.pod;
import static io.coxswain.client.fixture.Nouns.view;
import static io.coxswain.controllers.PlanAssert.assertThat;

import io.coxswain.api.core.Endpoints;
import io.coxswain.api.core.Service;
import io.coxswain.api.core.Service.ServicePort;
import io.coxswain.api.core.Service.ServiceSpec;
import io.coxswain.api.discovery.EndpointSlice;
import io.coxswain.api.schema.Edit;
import io.coxswain.api.schema.IntOrString;
import io.coxswain.client.controller.Step;
import io.coxswain.client.controller.View;
import io.coxswain.client.fixture.PodNoun;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.Test;

class EndpointSliceControllerTest {

    private final Service web =
            any(Service.class, "web")
                    .set(
                            Service::spec,
                            Edit.of(ServiceSpec.class)
                                    .set(ServiceSpec::selector, Map.of("app", "web"))
                                    .set(ServiceSpec::clusterIP, "10.96.0.20")
                                    .set(ServiceSpec::ipFamilies, List.of("IPv4"))
                                    .set(
                                            ServiceSpec::ports,
                                            List.of(
                                                    new ServicePort(
                                                            "http",
                                                            "TCP",
                                                            null,
                                                            80,
                                                            IntOrString.of(8080),
                                                            0)))
                                    .done())
                    .build();

    @Test
    void showsReadyAndUnreadyAndLeavingPods() {
        var slice =
                slice(
                        view(
                                node("n1").labelled("topology.kubernetes.io/zone", "z1"),
                                behind("a", "10.244.0.1").ready().on("n1"),
                                behind("b", "10.244.0.2").running(),
                                behind("c", "10.244.0.3").ready().deleting(NOW),
                                behind("d", "10.244.0.4").phase("Succeeded"),
                                pod("e").ready().ip("10.244.0.5")));

        Assertions.assertThat(slice.ports())
                .singleElement()
                .extracting(EndpointSlice.EndpointPort::port)
                .isEqualTo(8080);
        Assertions.assertThat(slice.endpoints())
                .extracting(endpoint ->
                        endpoint.addresses().getFirst()
                                + " "
                                + endpoint.conditions().ready()
                                + " "
                                + endpoint.conditions().serving()
                                + " "
                                + endpoint.conditions().terminating()
                                + " "
                                + endpoint.zone())
                .containsExactly(
                        "10.244.0.1 true true false z1",
                        "10.244.0.2 false false false null",
                        "10.244.0.3 false true true null");
    }

    @Test
    void keepsAnEmptySliceWhenNobodyIsThere() {
        Assertions.assertThat(slice(view()).endpoints()).isEmpty();
    }

    @Test
    void rewritesOnlyTheSliceThatChanged() {
        var pods =
                IntStream.range(0, 150)
                        .mapToObj(i -> behind("p" + i, "10.244.1." + i).ready().build())
                        .toList();
        var plan = new EndpointSliceController().reconcile(web, view(pods.toArray()));
        assertThat(plan).created(EndpointSlice.class).hasSize(2);
        var slices =
                plan.steps()
                        .map(step -> (EndpointSlice) ((Step.Create) step).object())
                        .map(slice ->
                                any(EndpointSlice.class, "web-" + slice.endpoints().size())
                                        .with(it ->
                                                new EndpointSlice(
                                                        Edit.of(slice.metadata())
                                                                .set(
                                                                        io.coxswain.api.meta
                                                                                        .ObjectMeta
                                                                                ::name,
                                                                        it.name())
                                                                .done(),
                                                        slice.addressType(),
                                                        slice.endpoints(),
                                                        slice.ports()))
                                        .build())
                        .toList();

        var fewer = new ArrayList<Object>(pods.subList(0, 149));
        fewer.addAll(slices);
        var update = new EndpointSliceController().reconcile(web, view(fewer.toArray()));

        assertThat(update)
                .creates(0)
                .updated(EndpointSlice.class)
                .singleElement()
                .satisfies(slice -> Assertions.assertThat(slice.endpoints()).hasSize(99));
    }

    @Test
    void endpointsSayTheSameInTheOlderForm() {
        var plan =
                new EndpointsController()
                        .reconcile(
                                web,
                                view(
                                        behind("b", "10.244.0.2").running(),
                                        behind("a", "10.244.0.1").ready()));

        assertThat(plan)
                .created(Endpoints.class)
                .singleElement()
                .satisfies(endpoints -> {
                    var subset = endpoints.subsets().getFirst();
                    Assertions.assertThat(subset.addresses())
                            .singleElement()
                            .extracting(Endpoints.EndpointAddress::ip)
                            .isEqualTo("10.244.0.1");
                    Assertions.assertThat(subset.notReadyAddresses()).hasSize(1);
                });
    }

    private EndpointSlice slice(View view) {
        var plan = new EndpointSliceController().reconcile(web, view);
        var step = (Step.Create) plan.steps().findFirst().orElseThrow();
        return (EndpointSlice) step.object();
    }

    private static PodNoun behind(String name, String ip) {
        return pod(name).labelled("app", "web").ip(ip);
    }
}
