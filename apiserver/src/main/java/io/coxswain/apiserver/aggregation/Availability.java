package io.coxswain.apiserver.aggregation;

import io.coxswain.api.apiregistration.APIService;
import io.coxswain.api.apiregistration.APIService.APIServiceCondition;
import io.coxswain.api.apiregistration.APIService.APIServiceStatus;
import io.coxswain.api.schema.ApiError;
import io.coxswain.api.schema.Edit;
import io.coxswain.apiserver.Call;
import io.coxswain.apiserver.User;
import io.coxswain.apiserver.registry.Catalog;
import io.coxswain.apiserver.registry.Part;
import io.coxswain.apiserver.registry.Registry;
import io.coxswain.apiserver.registry.Served;
import io.coxswain.apiserver.registry.WriteOptions;
import io.coxswain.apiserver.remote.ServiceAddresses;
import io.coxswain.base.Loop;
import io.coxswain.http.Request;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Looks whether the servers behind APIServices answer, writes that into their conditions, and has
/// what they offer shown in discovery.
public final class Availability implements Loop {

    private static final Logger LOG = LoggerFactory.getLogger(Availability.class);
    private static final Duration EVERY = Duration.ofSeconds(5);
    private static final User SELF = User.of("system:apiserver", User.MASTERS);
    private static final WriteOptions OPTIONS = WriteOptions.internal("kube-apiserver");

    private final Aggregator aggregator;
    private final RemoteGroups groups;
    private final Registry registry;
    private final Served<APIService> services;

    public Availability(
            Aggregator aggregator, RemoteGroups groups, Registry registry, Catalog catalog) {
        this.aggregator = aggregator;
        this.groups = groups;
        this.registry = registry;
        this.services = catalog.of(APIService.class);
    }

    private record Verdict(boolean good, String reason, String message) {}

    @Override
    public Next runOnce() {
        var remote = aggregator.remote();
        var names = remote.stream().map(APIService::name).toList();
        groups.keep(names);
        aggregator.documents().keep(names);
        for (var service : remote) {
            try {
                report(service, check(service));
            } catch (ApiError changedMeanwhile) {
                LOG.debug("the state of {} could not be written", service.name(), changedMeanwhile);
            }
        }
        return remote.isEmpty() ? Next.WHEN_WOKEN : Next.in(registry.clock(), EVERY);
    }

    private Verdict check(APIService service) {
        return switch (aggregator.find(service)) {
            case ServiceAddresses.Found.Nowhere(var reason, var message, var dialing) ->
                    new Verdict(false, reason, message);
            case ServiceAddresses.Found.At(var address) -> ask(service, address);
        };
    }

    private Verdict ask(APIService service, InetSocketAddress address) {
        var spec = service.spec();
        var path = "/apis/" + spec.group() + "/" + spec.version();
        var url = "https://" + address.getHostString() + ":" + address.getPort() + path;
        var identity = Aggregator.identity(User.of("system:kube-aggregator", User.MASTERS));
        var request = Request.get(path).withHeaders(identity.with("accept", "application/json"));
        try {
            var transport = aggregator.transport(service, address);
            var answer = transport.open(request).full();
            if (answer.status() != 200) {
                return failing(url, "bad status from " + url + ": " + answer.status());
            }
            groups.learn(service, answer.body().bytes());
            aggregator.documents().ask(service, transport, registry.clock());
            return new Verdict(true, "Passed", "all checks passed");
        } catch (UncheckedIOException | IllegalArgumentException e) {
            return failing(url, String.valueOf(e.getMessage()));
        }
    }

    private static Verdict failing(String url, String why) {
        return new Verdict(
                false,
                "FailedDiscoveryCheck",
                "failing or missing response from " + url + ": " + why);
    }

    private void report(APIService service, Verdict verdict) {
        var status = verdict.good ? "True" : "False";
        for (var known : service.status().conditions()) {
            if (known.type().equals("Available")
                    && known.status().equals(status)
                    && known.reason().equals(verdict.reason)
                    && known.message().equals(verdict.message)) {
                return;
            }
        }
        var condition =
                new APIServiceCondition(
                        "Available",
                        status,
                        registry.clock().now().truncatedTo(ChronoUnit.SECONDS),
                        verdict.reason,
                        verdict.message);
        registry.update(
                Call.of(Request.of("PUT", services.kind().path("", service.name()))).as(SELF),
                services,
                services.key("", service.name()),
                Part.STATUS,
                stored ->
                        Edit.with(
                                stored,
                                APIService::status,
                                new APIServiceStatus(List.of(condition))),
                OPTIONS);
    }
}
