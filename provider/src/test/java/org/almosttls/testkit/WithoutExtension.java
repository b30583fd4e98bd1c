package org.almosttls.testkit;

import java.math.BigInteger;
import java.util.List;
import org.almosttls.config.Policy;
import org.almosttls.config.Removal;
import org.almosttls.registry.ExtensionType;

/** Rules one extension out, and nothing else. */
record WithoutExtension(ExtensionType ruledOut) implements Policy {

    @Override
    public List<Removal> removals() {
        return List.of();
    }

    @Override
    public int mostCertificates() {
        return MOST_CERTIFICATES;
    }

    @Override
    public boolean permitsExtension(ExtensionType type) {
        return !type.equals(ruledOut);
    }

    @Override
    public boolean permitsField(BigInteger p, BigInteger g, BigInteger publicValue) {
        return true;
    }
}
