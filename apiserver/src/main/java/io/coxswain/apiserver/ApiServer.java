package io.coxswain.apiserver;

import io.coxswain.apiserver.admission.AdmissionPlugin;
import io.coxswain.apiserver.admission.AdmissionPlugins;
import io.coxswain.apiserver.admission.Objects;
import io.coxswain.apiserver.admission.SystemPriorityClasses;
import io.coxswain.apiserver.admission.Timestamps;
import io.coxswain.apiserver.aggregation.Aggregator;
import io.coxswain.apiserver.aggregation.Availability;
import io.coxswain.apiserver.aggregation.LocalServices;
import io.coxswain.apiserver.aggregation.RemoteGroups;
import io.coxswain.apiserver.audit.AuditFilter;
import io.coxswain.apiserver.authentication.Tokens;
import io.coxswain.apiserver.authorization.Authorizers;
import io.coxswain.apiserver.authorization.NodeAuthorizer;
import io.coxswain.apiserver.authorization.RbacAuthorizer;
import io.coxswain.apiserver.crd.CustomKinds;
import io.coxswain.apiserver.crd.CustomScale;
import io.coxswain.apiserver.crd.DefinitionController;
import io.coxswain.apiserver.crd.conversion.WebhookConverter;
import io.coxswain.apiserver.crd.rules.CustomRules;
import io.coxswain.apiserver.crd.rules.RuleAdmission;
import io.coxswain.apiserver.discovery.Debug;
import io.coxswain.apiserver.discovery.Directory;
import io.coxswain.apiserver.discovery.Discovery;
import io.coxswain.apiserver.discovery.Health;
import io.coxswain.apiserver.discovery.KeySet;
import io.coxswain.apiserver.discovery.Roots;
import io.coxswain.apiserver.discovery.Version;
import io.coxswain.apiserver.filters.Filter;
import io.coxswain.apiserver.filters.Filters;
import io.coxswain.apiserver.filters.Rechecked;
import io.coxswain.apiserver.flowcontrol.DanglingSchemas;
import io.coxswain.apiserver.flowcontrol.FlowControl;
import io.coxswain.apiserver.flowcontrol.FlowFilter;
import io.coxswain.apiserver.flowcontrol.FlowMetrics;
import io.coxswain.apiserver.media.CborExchange;
import io.coxswain.apiserver.metrics.Exposition;
import io.coxswain.apiserver.metrics.Metrics;
import io.coxswain.apiserver.metrics.RequestMetrics;
import io.coxswain.apiserver.openapi.OpenApi;
import io.coxswain.apiserver.openapi.OpenApiV2;
import io.coxswain.apiserver.registry.Catalog;
import io.coxswain.apiserver.registry.Names;
import io.coxswain.apiserver.registry.Registry;
import io.coxswain.apiserver.remote.WebhookClient;
import io.coxswain.apiserver.reviews.Reviews;
import io.coxswain.apiserver.services.DefaultRange;
import io.coxswain.apiserver.services.Presence;
import io.coxswain.apiserver.services.ServiceAllocation;
import io.coxswain.apiserver.subresources.NodeConnector;
import io.coxswain.apiserver.subresources.Subresources;
import io.coxswain.apiserver.verbs.Verbs;
import io.coxswain.base.Clock;
import io.coxswain.base.Loops;
import io.coxswain.http.Handler;
import io.coxswain.http.Request;
import io.coxswain.http.Response;
import io.coxswain.storage.Store;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/// The API server as a handler of requests. Whether they come over a socket or from this process is
/// not its business; [#start] fills an empty store and follows the roles in it.
public final class ApiServer implements Handler, AutoCloseable {

    /// What must have happened at start before the server is of use.
    private static final List<String> HOOKS =
            List.of(
                    "start-apiserver-admission-initializer",
                    "priority-and-fairness-config-consumer",
                    "priority-and-fairness-filter",
                    "storage-object-count-tracker-hook",
                    "rbac/bootstrap-roles",
                    "scheduling/bootstrap-system-priority-classes",
                    "priority-and-fairness-config-producer",
                    "bootstrap-controller",
                    "apiservice-registration-controller",
                    "apiservice-discovery-controller");

    private final ApiServerConfiguration configuration;
    private final Catalog catalog;
    private final Registry registry;
    private final ServiceAllocation services;
    private final RbacAuthorizer authorizer;
    private final Authorizers authorizers;
    private final WebhookClient webhooks;
    private final FlowControl flowControl;
    private final Directory directory;
    private final Aggregator aggregator;
    private final Availability availability;
    private final Handler front;
    private final CustomKinds customKinds;
    private final Presence presence;
    private final DefinitionController definitions;
    private Loops.@Nullable Running definitionLoop;
    private Loops.@Nullable Running availabilityLoop;
    private final DanglingSchemas dangling;
    private Loops.@Nullable Running danglingLoop;
    private volatile boolean ready;

    public ApiServer(
            ApiServerConfiguration configuration,
            Store store,
            NodeConnector nodes,
            Clock clock,
            RandomGenerator random) {
        this.configuration = configuration;
        this.catalog = new Catalog(configuration.serving().versions());
        this.authorizer = new RbacAuthorizer(store, catalog);
        this.flowControl =
                new FlowControl(store, catalog, clock, configuration.limits().together());
        this.services =
                new ServiceAllocation(configuration.serviceCidr(), store, catalog, clock, random);
        var security = configuration.security();
        this.authorizers =
                new Authorizers(
                        security.authorization(),
                        new NodeAuthorizer(store, catalog),
                        authorizer,
                        clock);
        this.webhooks = new WebhookClient(store, catalog);
        var admission = admission(store, clock);
        this.registry = new Registry(store, clock, List.copyOf(admission), new Names(random));

        this.customKinds =
                new CustomKinds(
                        store,
                        catalog,
                        CustomRules::of,
                        definition -> WebhookConverter.of(definition, webhooks));
        catalog.extend(customKinds);
        this.definitions = new DefinitionController(registry, catalog, customKinds);

        this.presence = new Presence(configuration, registry, catalog);
        var callers = Callers.of(configuration, registry, catalog, clock);
        var subresources =
                Subresources.all(
                        registry,
                        catalog,
                        callers.accounts(),
                        configuration.security().serviceAccounts().lifetimes(),
                        nodes);
        subresources.put("*/scale", new CustomScale(registry, customKinds));
        var reviews =
                new HashMap<>(
                        Reviews.all(
                                callers.authentication(),
                                callers.accounts().defaultAudiences(),
                                authorizers,
                                authorizer,
                                clock));
        reviews.putAll(Subresources.bindings(registry, catalog));
        this.directory = new Directory(catalog, subresources.keySet(), reviews.keySet());
        var requests = new RequestMetrics(catalog, clock);
        this.aggregator = new Aggregator(store, catalog, configuration.frontProxy());
        var remoteGroups = new RemoteGroups();
        directory.show(remoteGroups::groups);
        this.availability = new Availability(aggregator, remoteGroups, registry, catalog);
        var dispatcher =
                new Dispatcher(
                        catalog,
                        new Verbs(registry, clock, configuration.limits()),
                        documents(callers.tokens(), requests),
                        subresources,
                        reviews,
                        aggregator);
        var audit = security.audit();
        var chain =
                Filter.chain(
                        Filters.chain(
                                requests,
                                new FlowFilter(
                                        flowControl, store, configuration.limits().timeout()),
                                callers.authentication(),
                                audit == null ? null : new AuditFilter(audit),
                                authorizers),
                        new Rechecked(dispatcher, store));
        Handler plain = request -> chain.handle(Call.of(request));
        var speaksCbor = configuration.serving().has("CBORServingAndStorage");
        this.dangling = new DanglingSchemas(store, catalog, clock, plain);
        this.front = speaksCbor ? new CborExchange(plain) : plain;
    }

    /// The kinds that it knows, built-in and custom.
    public Catalog catalog() {
        return catalog;
    }

    /// Makes the store what every cluster starts from. Requests may be handled before, but find
    /// nothing they are allowed to do.
    ///
    /// @param loops drive what works on by itself
    public void start(Loops loops) {
        authorizer.start();
        customKinds.start();
        new Bootstrap(registry, catalog).run();
        new DefaultRange(registry, catalog).publish(configuration.serviceCidr());
        services.repair();
        new SystemObjects(registry, catalog, configuration).publish();
        var local = new LocalServices(registry, catalog, directory);
        local.publish();
        flowControl.start();
        aggregator.start();
        presence.start(loops);
        var running = loops.start("custom-resource-definitions", definitions);
        definitions.follow(running::wake, local::followCustom);
        definitionLoop = running;
        var looking = loops.start("apiservice-availability", availability);
        aggregator.onChange(looking::wake);
        availabilityLoop = looking;
        var schemas = loops.start("flow-schemas", dangling);
        dangling.follow(schemas::wake);
        danglingLoop = schemas;
        ready = true;
    }

    @Override
    public Response handle(Request request) {
        return front.handle(request);
    }

    /// Says that it is not ready any more, and has clients sent to other servers.
    public void retire() {
        ready = false;
        presence.close();
    }

    @Override
    public void close() {
        retire();
        if (definitionLoop != null) {
            definitionLoop.stop();
        }
        if (availabilityLoop != null) {
            availabilityLoop.stop();
        }
        if (danglingLoop != null) {
            danglingLoop.stop();
        }
        dangling.close();
        definitions.close();
        customKinds.close();
        authorizer.close();
        authorizers.close();
        flowControl.close();
        aggregator.close();
        webhooks.close();
    }

    /// A custom kind's own rules come before what policies say and quotas count.
    private List<AdmissionPlugin> admission(Store store, Clock clock) {
        var admission = new ArrayList<AdmissionPlugin>();
        admission.add(new RuleAdmission());
        admission.addAll(
                AdmissionPlugins.of(
                        new AdmissionPlugins.Context(
                                new Objects(store, catalog),
                                clock,
                                authorizers,
                                authorizer,
                                webhooks,
                                configuration.admission())));
        admission.add(services);
        admission.add(new Timestamps(clock));
        admission.add(new SystemPriorityClasses());
        return admission;
    }

    /// What is served beside resources.
    private Map<String, Filter.Next> documents(Tokens tokens, RequestMetrics requests) {
        var discovery =
                new Discovery(
                        catalog,
                        directory,
                        configuration.advertiseAddress() + ":" + configuration.port());
        var paths = new HashMap<String, Filter.Next>(discovery.paths());
        paths.putAll(new Health(checks(), Map.of("shutdown", () -> ready)).paths());
        paths.putAll(Version.paths());
        var flows = new FlowMetrics(flowControl);
        paths.putAll(new Debug(flows).paths());
        var sources = new ArrayList<Consumer<Exposition>>();
        sources.addAll(List.of(requests::write, flows::write, authorizers::write));
        sources.addAll(configuration.security().metrics());
        paths.putAll(new Metrics(catalog, registry.store(), List.copyOf(sources)).paths());
        paths.putAll(new KeySet(tokens, configuration).paths());
        paths.putAll(new OpenApi(catalog, directory, aggregator).paths());
        paths.putAll(new OpenApiV2(catalog, directory, aggregator.documents()).paths());
        paths.putAll(new Roots(directory, paths.keySet()).paths());
        return paths;
    }

    private Map<String, BooleanSupplier> checks() {
        var checks = new LinkedHashMap<String, BooleanSupplier>();
        checks.put("ping", () -> true);
        checks.put("log", () -> true);
        checks.put("etcd", this::storeServes);
        for (var hook : HOOKS) {
            checks.put("poststarthook/" + hook, () -> ready);
        }
        return checks;
    }

    /// Whether what is written is kept, and the store can say what is newest.
    private boolean storeServes() {
        return registry.store().fault() == null && Rechecked.reachable(registry.store());
    }
}
