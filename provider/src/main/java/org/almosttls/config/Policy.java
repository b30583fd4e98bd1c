package org.almosttls.config;

import java.math.BigInteger;
import java.util.List;
import org.almosttls.registry.ExtensionType;

/** What platform and application rule out of all that this end could do. */
public interface Policy {

    /** Rules nothing out. */
    Policy NONE = new Policy() {
        @Override
        public List<Removal> removals() {
            return List.of();
        }

        @Override
        public boolean permitsField(BigInteger p, BigInteger g, BigInteger publicValue) {
            return true;
        }

        @Override
        public int mostCertificates() {
            return MOST_CERTIFICATES;
        }

        @Override
        public boolean permitsExtension(ExtensionType type) {
            return true;
        }
    };

    /** The platform's bound on the peer's certificates where nobody sets another. */
    int MOST_CERTIFICATES = 10;

    /** All that the lists of a configuration do not have because of a rule; takes its time. */
    List<Removal> removals();

    /** How many certificates the peer may send. */
    int mostCertificates();

    /** Whether this end may say it, and heed it where the peer says it; asked of those that nothing depends on. */
    boolean permitsExtension(ExtensionType type);

    /** Whether the peer's key for DHE may be used (RFC 5246 §7.4.3). Never asked while a connection is locked. */
    boolean permitsField(BigInteger p, BigInteger g, BigInteger publicValue);
}
