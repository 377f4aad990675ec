package io.coxswain.controllers;

import io.coxswain.api.apps.ControllerRevision;
import io.coxswain.api.apps.DaemonSet;
import io.coxswain.api.apps.Deployment;
import io.coxswain.api.apps.ReplicaSet;
import io.coxswain.api.apps.StatefulSet;
import io.coxswain.api.batch.CronJob;
import io.coxswain.api.batch.Job;
import io.coxswain.api.coordination.Lease;
import io.coxswain.api.core.ConfigMap;
import io.coxswain.api.core.Endpoints;
import io.coxswain.api.core.Namespace;
import io.coxswain.api.core.Node;
import io.coxswain.api.core.PersistentVolumeClaim;
import io.coxswain.api.core.Pod;
import io.coxswain.api.core.Service;
import io.coxswain.api.core.ServiceAccount;
import io.coxswain.api.discovery.EndpointSlice;
import io.coxswain.api.rbac.ClusterRole;
import io.coxswain.api.schema.Resource;
import io.coxswain.client.controller.Registration;
import io.coxswain.client.controller.Registration.NamespacedName;
import io.coxswain.client.controller.View;
import io.coxswain.controllers.cronjob.CronJobController;
import io.coxswain.controllers.daemonset.DaemonSetController;
import io.coxswain.controllers.deployment.DeploymentController;
import io.coxswain.controllers.endpoints.EndpointSliceController;
import io.coxswain.controllers.endpoints.EndpointsController;
import io.coxswain.controllers.job.FinishedJobs;
import io.coxswain.controllers.job.JobController;
import io.coxswain.controllers.node.NodeLifecycleController;
import io.coxswain.controllers.node.TaintEviction;
import io.coxswain.controllers.podgc.PodGarbageController;
import io.coxswain.controllers.pods.Claims;
import io.coxswain.controllers.protection.Protection;
import io.coxswain.controllers.quota.ResourceQuotaController;
import io.coxswain.controllers.rbac.ClusterRoleAggregation;
import io.coxswain.controllers.replicaset.ReplicaSetController;
import io.coxswain.controllers.serviceaccount.LegacyTokenCleaner;
import io.coxswain.controllers.serviceaccount.RootCaPublisher;
import io.coxswain.controllers.serviceaccount.ServiceAccountController;
import io.coxswain.controllers.statefulset.StatefulSetController;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/// The list of controllers: which kind each reconciles and what wakes it.
public final class Controllers {

    private Controllers() {}

    /// All that need nothing but the API. A fresh list each time: those that judge silence remember
    /// when they last heard of a node.
    public static List<Registration<?>> all() {
        var all = new ArrayList<>(unlike());
        all.addAll(Protection.all());
        return List.copyOf(all);
    }

    private static List<Registration<?>> unlike() {
        return List.of(
                Registration.of("replicaset", ReplicaSet.class, new ReplicaSetController())
                        .watches(
                                Pod.class,
                                Claims.keys(ReplicaSet.class, set -> set.spec().selector())),
                Registration.of("deployment", Deployment.class, new DeploymentController())
                        .watches(
                                ReplicaSet.class,
                                Claims.keys(Deployment.class, DeploymentController::selector))
                        .watches(Pod.class, DeploymentController::ofPod),
                Registration.of("daemonset", DaemonSet.class, new DaemonSetController())
                        .watches(
                                Pod.class,
                                Claims.keys(DaemonSet.class, set -> set.spec().selector()))
                        .watches(Node.class, DaemonSetController::ofNode)
                        .owns(ControllerRevision.class),
                Registration.of("statefulset", StatefulSet.class, new StatefulSetController())
                        .watches(
                                Pod.class,
                                Claims.keys(StatefulSet.class, set -> set.spec().selector()))
                        .owns(ControllerRevision.class)
                        .reads(PersistentVolumeClaim.class),
                Registration.of("job", Job.class, new JobController())
                        .watches(Pod.class, Claims.keys(Job.class, JobController::selector)),
                Registration.of("ttl-after-finished", Job.class, new FinishedJobs()),
                Registration.of("cronjob", CronJob.class, new CronJobController()).owns(Job.class),
                Registration.of("endpoint-slice", Service.class, new EndpointSliceController())
                        .watches(Pod.class, EndpointSliceController::ofPod)
                        .watches(EndpointSlice.class, EndpointSliceController::ofSlice)
                        .reads(Node.class),
                Registration.of("endpoint", Service.class, new EndpointsController())
                        .watches(Pod.class, EndpointSliceController::ofPod)
                        .watches(Endpoints.class, Controllers::sameName),
                Registration.of("node", Node.class, new NodeLifecycleController())
                        .watches(Lease.class, NodeLifecycleController::ofLease)
                        .reads(Pod.class),
                Registration.of("taint-eviction", Pod.class, new TaintEviction())
                        .watches(Node.class, TaintEviction::ofNode),
                Registration.of("pod-garbage", Pod.class, new PodGarbageController(12_500))
                        .watches(Node.class, PodGarbageController::ofNode),
                Registration.of("service-account", Namespace.class, new ServiceAccountController())
                        .watches(ServiceAccount.class, Controllers::itsNamespace),
                Registration.of(
                                "clusterrole-aggregation",
                                ClusterRole.class,
                                new ClusterRoleAggregation())
                        .watches(ClusterRole.class, ClusterRoleAggregation::aggregates),
                ResourceQuotaController.registration(),
                LegacyTokenCleaner.registration());
    }

    /// All, with the one that hands out the certificates by which pods trust the API server.
    ///
    /// @param certificates the authority's, as PEM
    public static List<Registration<?>> with(String certificates) {
        var all = new ArrayList<>(all());
        all.add(publisher(certificates));
        return List.copyOf(all);
    }

    /// The one that hands out the certificates by which pods trust the API server.
    public static Registration<?> publisher(String certificates) {
        return Registration.of(
                        "root-ca-certificate-publisher",
                        Namespace.class,
                        new RootCaPublisher(certificates))
                .watches(ConfigMap.class, Controllers::itsNamespace);
    }

    private static <R extends Resource> Stream<NamespacedName> sameName(R object, View view) {
        return Stream.of(NamespacedName.of(object));
    }

    private static <R extends Resource> Stream<NamespacedName> itsNamespace(R object, View view) {
        return Stream.of(new NamespacedName("", object.namespace()));
    }
}
