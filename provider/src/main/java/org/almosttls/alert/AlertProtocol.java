package org.almosttls.alert;

/** What the ends of a family of protocols can say to each other besides data: chosen with the family, once. */
public enum AlertProtocol {
    /** RFC 5246 §7.2: warnings and fatal alerts, each with a description, and close_notify. */
    TLS {
        @Override
        public AlertDescription toSay(AlertDescription reason) {
            return reason;
        }

        @Override
        public boolean hasClosure() {
            return true;
        }

        @Override
        public boolean has(boolean fatal, AlertDescription description) {
            return true;
        }
    },

    /** RFC 8446 §6: whatever is no closure is an error, and whoever closes goes on to listen. */
    TLS_1_3 {
        @Override
        public AlertDescription toSay(AlertDescription reason) {
            return reason;
        }

        @Override
        public boolean hasClosure() {
            return true;
        }

        @Override
        public boolean has(boolean fatal, AlertDescription description) {
            return true;
        }

        @Override
        public boolean isError(boolean fatal, AlertDescription description) {
            return !description.equals(AlertDescription.USER_CANCELED)
                    && !description.equals(AlertDescription.CLOSE_NOTIFY);
        }

        @Override
        public boolean closesOneWay() {
            return true;
        }

        /** RFC 8446 §6: what an alert is its description says. */
        @Override
        public boolean heedsLevel() {
            return false;
        }

        /** RFC 8446 §5: unexpected_message. */
        @Override
        public Violation wrongChangeCipherSpec(int length) {
            return Violation.CHANGE_CIPHER_SPEC_NOT_DROPPED;
        }
    },

    /** AlmostTLSv1 §7: one fatal error whatever was wrong; neither warnings nor closure. */
    ALMOST {
        @Override
        public AlertDescription toSay(AlertDescription reason) {
            return AlertDescription.ALMOST_FAILURE;
        }

        @Override
        public boolean hasClosure() {
            return false;
        }

        @Override
        public boolean has(boolean fatal, AlertDescription description) {
            return fatal && description.equals(AlertDescription.ALMOST_FAILURE);
        }
    };

    /** What the peer is told when this end has a fatal {@code reason}. */
    public abstract AlertDescription toSay(AlertDescription reason);

    /** Whether an end can say that it is done, by close_notify, or anything else that is not fatal. */
    public abstract boolean hasClosure();

    /** Whether a peer can say this; of TLS's descriptions, unknown ones are borne. */
    public abstract boolean has(boolean fatal, AlertDescription description);

    /** Whether this says that something is wrong; then the connection is over. */
    public boolean isError(boolean fatal, AlertDescription description) {
        return fatal;
    }

    /** Whether close_notify is about what its sender sends alone, and wants no answer. */
    public boolean closesOneWay() {
        return false;
    }

    /** Whether the level of an alert says anything. */
    public boolean heedsLevel() {
        return true;
    }

    /** What is wrong with a ChangeCipherSpec that is not the one octet that it should be. */
    public Violation wrongChangeCipherSpec(int length) {
        return length == 1 ? Violation.WRONG_CHANGE_CIPHER_SPEC : Violation.MALFORMED_CHANGE_CIPHER_SPEC;
    }
}
