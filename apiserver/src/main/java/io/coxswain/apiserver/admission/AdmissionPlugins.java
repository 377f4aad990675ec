package io.coxswain.apiserver.admission;

import io.coxswain.apiserver.registry.Catalog;
import io.coxswain.base.Clock;
import io.coxswain.storage.Store;
import java.util.List;

/// The admission plugins.
public final class AdmissionPlugins {

    private AdmissionPlugins() {}

    /// Every plugin that is on by default, in upstream's order.
    public static List<AdmissionPlugin> standard(Store store, Catalog catalog, Clock clock) {
        var objects = new Objects(store, catalog);
        return List.of(
                new NamespaceLifecycle(objects),
                new ServiceAccountAdmission(objects, clock),
                new TaintNodesByCondition(),
                new Priority(objects),
                new DefaultTolerationSeconds(),
                new DefaultStorageClass(objects),
                new StorageProtection(),
                new CertificateRequester());
    }
}
