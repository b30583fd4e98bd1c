package org.almosttls.extension;

import java.util.List;
import org.almosttls.registry.ExtensionType;
import org.almosttls.registry.SignatureScheme;

/** RFC 5246 §7.4.1.4.1, RFC 8446 §4.2.3: the schemes this end verifies, in order of preference. */
public record SignatureAlgorithms(List<SignatureScheme> schemes) implements Extension {

    @Override
    public ExtensionType type() {
        return ExtensionType.SIGNATURE_ALGORITHMS;
    }
}
