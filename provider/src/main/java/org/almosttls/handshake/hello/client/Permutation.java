package org.almosttls.handshake.hello.client;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.almosttls.config.OnRequest.Feature;
import org.almosttls.config.TlsConfig;
import org.almosttls.extension.Extension;

/**
 * RFC 8446 §4.2: extensions may come in any order, and nobody can come to rely on one that is another each time. What has
 * a place of its own is added later: pre_shared_key behind all else, padding, and what stands for nothing at both ends.
 */
final class Permutation {

    private Permutation() {}

    /** In an order that is drawn, if the caller wants that. */
    static List<Extension> of(List<Extension> meant, TlsConfig config) {
        if (!config.onRequest().has(Feature.PERMUTE_EXTENSIONS)) return meant;
        var all = new ArrayList<>(meant);
        Collections.shuffle(all, config.randomness().secureRandom());
        // There are servers that take no empty extension as the last one.
        for (int last = all.size() - 1; last >= 0; last--)
            if (!all.get(last).isEmpty()) {
                all.add(all.remove(last));
                return all;
            }
        return all;
    }
}
