package io.coxswain.apiserver;

import io.coxswain.apiserver.admission.AdmissionPlugin;
import io.coxswain.apiserver.admission.AdmissionPlugins;
import io.coxswain.apiserver.admission.CertificateSigners;
import io.coxswain.apiserver.admission.SystemPriorityClasses;
import io.coxswain.apiserver.admission.Timestamps;
import io.coxswain.apiserver.authentication.Authenticator;
import io.coxswain.apiserver.authentication.BootstrapTokens;
import io.coxswain.apiserver.authentication.CertificateAuthenticator;
import io.coxswain.apiserver.authentication.ServiceAccountTokens;
import io.coxswain.apiserver.authentication.Tokens;
import io.coxswain.apiserver.authorization.NodeAuthorizer;
import io.coxswain.apiserver.authorization.RbacAuthorizer;
import io.coxswain.apiserver.authorization.Union;
import io.coxswain.apiserver.crd.CustomKinds;
import io.coxswain.apiserver.crd.CustomScale;
import io.coxswain.apiserver.crd.DefinitionController;
import io.coxswain.apiserver.crd.conversion.ReviewCaller;
import io.coxswain.apiserver.crd.rules.CustomRules;
import io.coxswain.apiserver.crd.rules.RuleAdmission;
import io.coxswain.apiserver.discovery.Directory;
import io.coxswain.apiserver.discovery.Discovery;
import io.coxswain.apiserver.discovery.Health;
import io.coxswain.apiserver.discovery.KeySet;
import io.coxswain.apiserver.discovery.Roots;
import io.coxswain.apiserver.filters.Filter;
import io.coxswain.apiserver.filters.Filters;
import io.coxswain.apiserver.openapi.OpenApi;
import io.coxswain.apiserver.openapi.OpenApiV2;
import io.coxswain.apiserver.registry.Catalog;
import io.coxswain.apiserver.registry.Names;
import io.coxswain.apiserver.registry.Registry;
import io.coxswain.apiserver.reviews.Reviews;
import io.coxswain.apiserver.services.DefaultRange;
import io.coxswain.apiserver.services.KubernetesService;
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
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/// The API server as a handler of requests. Whether they come over a socket or from this process is
/// not its business; [#start] fills an empty store and follows the roles in it.
public final class ApiServer implements Handler, AutoCloseable {

    private final ApiServerConfiguration configuration;
    private final Catalog catalog = new Catalog();
    private final Registry registry;
    private final ServiceAllocation services;
    private final RbacAuthorizer authorizer;
    private final Filter.Next chain;
    private final CustomKinds customKinds;
    private final DefinitionController definitions;
    private Loops.@Nullable Running definitionLoop;
    private volatile boolean ready;

    public ApiServer(
            ApiServerConfiguration configuration,
            Store store,
            NodeConnector nodes,
            Clock clock,
            RandomGenerator random) {
        this.configuration = configuration;
        this.authorizer = new RbacAuthorizer(store, catalog);
        var admission =
                new ArrayList<AdmissionPlugin>(AdmissionPlugins.standard(store, catalog, clock));
        this.services =
                new ServiceAllocation(configuration.serviceCidr(), store, catalog, clock, random);
        admission.add(services);
        admission.add(new Timestamps(clock));
        admission.add(new SystemPriorityClasses());
        admission.add(new RuleAdmission());
        var authorizers = new Union(List.of(new NodeAuthorizer(store, catalog), authorizer));
        admission.add(new CertificateSigners(authorizers));
        this.registry = new Registry(store, clock, List.copyOf(admission), new Names(random));

        this.customKinds =
                new CustomKinds(
                        store,
                        catalog,
                        CustomRules::of,
                        new ReviewCaller(store, catalog)::converter);
        catalog.extend(customKinds);
        this.definitions = new DefinitionController(registry, catalog, customKinds);

        var tokens = new Tokens(configuration.serviceAccountKeys());
        var accounts =
                new ServiceAccountTokens(
                        tokens,
                        configuration.issuer(),
                        configuration.audiences(),
                        store,
                        catalog,
                        clock);
        var authenticators =
                authenticators(configuration, accounts, new BootstrapTokens(store, catalog, clock));
        var subresources = Subresources.all(registry, catalog, accounts, nodes);
        subresources.put("*/scale", new CustomScale(registry, customKinds));
        var reviews = new HashMap<>(Reviews.all(authenticators, accounts, authorizer, clock));
        reviews.putAll(Subresources.bindings(registry, catalog));
        var directory = new Directory(catalog, subresources.keySet(), reviews.keySet());
        var discovery =
                new Discovery(
                        catalog,
                        directory,
                        configuration.advertiseAddress() + ":" + configuration.port());
        var paths = new HashMap<String, Filter.Next>(discovery.paths());
        paths.putAll(new Health(checks()).paths());
        paths.putAll(new KeySet(tokens, configuration).paths());
        paths.putAll(new OpenApi(catalog, directory).paths());
        paths.putAll(new OpenApiV2(catalog, directory).paths());
        paths.putAll(new Roots(directory, paths.keySet()).paths());
        var dispatcher =
                new Dispatcher(catalog, new Verbs(registry, clock), paths, subresources, reviews);
        this.chain =
                Filter.chain(
                        Filters.chain(authenticators, configuration.anonymous(), authorizers),
                        dispatcher);
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
        new KubernetesService(registry, catalog)
                .publish(
                        configuration.serviceCidr().at(1),
                        configuration.advertiseAddress(),
                        configuration.port());
        var running = loops.start("custom-resource-definitions", definitions);
        definitions.follow(running::wake);
        definitionLoop = running;
        ready = true;
    }

    @Override
    public Response handle(Request request) {
        return chain.handle(Call.of(request));
    }

    @Override
    public void close() {
        ready = false;
        if (definitionLoop != null) {
            definitionLoop.stop();
        }
        definitions.close();
        customKinds.close();
        authorizer.close();
    }

    private static List<Authenticator> authenticators(
            ApiServerConfiguration configuration,
            ServiceAccountTokens accounts,
            BootstrapTokens bootstrap) {
        var all = new ArrayList<Authenticator>();
        all.add(new CertificateAuthenticator());
        var tokens = configuration.tokens();
        if (tokens != null) {
            all.add(tokens);
        }
        all.add(bootstrap);
        all.add(accounts);
        return List.copyOf(all);
    }

    private Map<String, BooleanSupplier> checks() {
        var checks = new LinkedHashMap<String, BooleanSupplier>();
        checks.put("ping", () -> true);
        checks.put("log", () -> true);
        checks.put("etcd", () -> registry.store().snapshot().revision() >= 0);
        checks.put("poststarthook/rbac/bootstrap-roles", () -> ready);
        return checks;
    }
}
