/*
 * src/gate/token.h
 *
 * Tokens of the identity gateway, nir.context_token: proof that somebody who
 * knows the user vouches for what a login declares.
 */
#ifndef NIR_GATE_TOKEN_H
#define NIR_GATE_TOKEN_H

/* Tell the context room where to ask; once, at process start. */
extern void nir_token_init(void);

#endif							/* NIR_GATE_TOKEN_H */
