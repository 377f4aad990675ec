package io.coxswain.cluster.store;

import io.coxswain.etcd.EtcdOptions;
import io.coxswain.storage.Layout;
import io.coxswain.storage.embedded.Options;

/// Where a control plane keeps its state.
public sealed interface StoreChoice {

    /// In its data directory.
    record Embedded(Options options) implements StoreChoice {}

    /// In an etcd cluster, which other control planes may share.
    record Etcd(EtcdOptions options, Layout layout) implements StoreChoice {}

    StoreChoice EMBEDDED = new Embedded(Options.DEFAULT);
}
