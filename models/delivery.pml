/* delivery.pml: one record between its author S and a receiver R, over starts, restores and a clone.

   MODELLED. The wire: whatever S ever wrote may reach R at any later time or never; frames of generations that S has left, late frames of
   R, and everything R says of a tail come at any time. Entry 1 of a generation is its opening and is durable with the start; R takes the
   entries of a generation in order, and knows a generation's predecessor once it has its opening. S starts anew, or is restored from a
   backup that it renews at will, NS times in all; NC = 1: one clone, of the running disk or of the backup, goes on beside it for ever.
   After a start S takes back what its own full signature covers, entry by entry, as R returns it; a restore declares 'lost after (g, n),
   with every generation opened from there'. R is restored NR times. An acknowledgement names R's generation and one of S's, a size, and the
   chain bit: every generation before that one, through predecessor links alone, is complete as its successor states. S keeps what it
   believes per generation of R, and goes over to another of R's generations only when that one answers its fresh challenge; names have no
   order.
   NOT MODELLED. Cryptography (frames, signatures: the ProVerif files), contents (c1 makes (generation, number) say all), ranges beyond a
   gap, fragments, precedence, more than two stations, a machine cloned with its running memory, a clone of R (another generation of R with
   beliefs of its own: c2 speaks of one), the officer who confirms a provisional tail, amendments. At most N0 entries in the first
   generation and N1 in a later one, openings included; one backup at a time. What holds for these sizes is not proved for larger ones.
   CHECKED. c1 no number of a generation is written twice. c2 nothing that S holds and believes held by R's living generation is missing
   there. c3 what was written, and is neither in S's record nor the clone's, is declared. c5 S takes back nothing that it did not write. c6
   S never leaves R's living generation for another: true by the rule here, and what LASTHEARD and PREDRULE break. (c4, no two signatures
   over different contents under one number, follows: S signs what it holds, c1, c5.)

   REDUCED. Without -DWIDE the build is smaller and says more; whatever can go wrong in the wide one, up to any NR, can go wrong here:
   r1 S signs in full whatever it writes, at once. Signing only enables taking back, and taking back is never forced.
   r2 R may return whatever was ever written, not only what it holds now: it may have kept more than it acknowledges, and late frames hold
        it.
   r3 The clone writes all it can at once (only R and tails read that, and need not), and takes nothing back; c3 does not count what the
        clone holds of S's own generations, so more counts as lost, and no other check reads the clone's record.
   r4 R's backup is not kept. Frames may come as late, and from as many generations at once, as the wire likes; so each record below R's was
        possible at any earlier moment, and a restore is: R loses the last entry of some generation, any number of times. NR has no bound,
        and is not needed.
   r5 S believes about R's living generation alone. Beliefs about one that R has left are never read: it answers no fresh challenge. S is
        taken to know at once which one lives, so that c2 is checked earlier and oftener. c6 is about that choice: wide build.
   r6 S's beliefs outlive its restores (the backup's are older and smaller; c2 can only be harder to keep).
   r7 A backup that nothing can be restored from any more is forgotten: nothing reads it. (Also in the wide build.)

   EXPECTED. No error, search complete: plain with NS=2 NC=1 (two restores of S, any number of R, and a clone, all at once); wide in the
   sizes that models/run lists.
   Each mutant refuted, by the check named: KEEPGEN c1 (a restore goes on in its old generation). UNSIGNED c5 (a tail is taken back without
   a signature), LIGHT c5 (a light one is enough, and the light key is stolen). CHAIN_ALL c2 (the chain bit read as every earlier
   generation, branches too), CHAIN_ANY c2 (a generation counts as complete as any of its successors states, not the one in the chain).
   DECL_LITERAL c3 (a declaration moves up to the end of what was recovered), DECL_TAIL c3 (it covers its generation alone, not what was
   opened from there). NAIVE_JUDGE (an honest S convicted: an opening's predecessor head below a signed size taken as a lie). Wide alone:
   NOACKGEN c2 (acknowledgements do not name R's generation), LASTHEARD c6 (the generation heard last is the current one), PREDRULE c6 with
   NR=2 (openings alone decide: siblings), ONE_LINE (an honest R convicted: one size per member in a checkpoint, whatever its generation,
   must not shrink).
   RUN. models/run, or: spin -a [-DWIDE] [-DNS=2 -DNC=1 -DNR=2 -DN0=3 -DN1=2] [-DMUTANT] delivery.pml && gcc -O2 -DSAFETY -o pan pan.c &&
   ./pan -m100000 -w24 */
#ifndef NS
#define NS 2
#endif
#ifndef NC
#define NC 1
#endif
#ifndef NR
#define NR 2
#endif
#ifndef N0
#define N0 3
#endif
#ifndef N1
#define N1 2
#endif
#define G (1+NS+NC)
#define CAP(g) ((g) == 0 -> N0 : N1)
#define NONE 15

/* S. Of each generation, how many entries were ever written, are in its record, are in its backup. */
byte wr[G], hold[G], bak[G];
byte gen, cgen = NONE, bakg;        /* what S and its clone write; what S wrote when the backup was taken */
byte par[G], parn[G];               /* the predecessor that an opening states, and its size */
byte dec[G], bdec[G];               /* declared: 'lost after this size', plus 1; 0 is no declaration. And in the backup */
byte ng, nrest;
bool hasbak;
/* R. What it holds of each generation. */
byte rec[G];

#ifdef WIDE
byte chold[G], sig[G];             /* the clone's record; what some full signature of S covers */
byte rbak[G], rgen, cur = NONE;     /* R's backup, its generation; the one that S takes as current */
byte table[(1+NR)*G];               /* what S believes that each generation of R holds */
byte dead[(1+NR)*G], deadchain[1+NR];   /* the last acknowledgements of the generations that R left; bit g: with the chain bit */
byte rpar[1+NR], rbakg, line;
bool rhasbak;
#define BELIEVED(w, g) table[(w)*G+(g)]
#define COVERED(g) (sig[g] < rec[g] -> sig[g] : rec[g])
#define MINE(g) (cgen == g || (cgen != NONE && zb < chold[g]))
#else
byte acked[G];                      /* what S believes that the living generation of R holds */
#define BELIEVED(w, g) acked[g]
#define COVERED(g) wr[g]
#define MINE(g) (cgen == g)
#endif
#ifdef LIGHT
bool stolen;
#endif

/* Scratch, outside the state. Names that the generated C does not use. */
hidden byte za, zb, zt, zu, zok, zsize, zbit;
#define COPY(x, y) za = 0; do :: za < G -> x[za] = y[za]; za++ :: else -> break od; za = 0
#define CLEAR(x)   za = 0; do :: za < G -> x[za] = 0; za++ :: else -> break od; za = 0
#define RAISE(x, v) if :: (v) > x -> x = (v) :: else fi

/* c3. Entry zb of generation za is lost: written, in S's record no more, and not the clone's. */
inline checkLost() {
  za = 0;
  do :: za < ng ->
          zb = hold[za];
          do :: zb < wr[za] ->
                  zt = za; zu = zb; zok = MINE(za);
                  do :: zok -> break
                     :: else ->
                          if :: dec[zt] != 0 && zu >= dec[zt]-1 -> zok = 1
                             :: else ->
#ifdef DECL_TAIL
                                  break
#else
                                  if :: zt == 0 -> break
                                     :: else -> zu = parn[zt]; zt = par[zt]
                                  fi
#endif
                          fi
                  od;
                  assert(zok); zb++
             :: else -> break
          od;
          za++
     :: else -> break
  od;
  za = 0; zb = 0; zt = 0; zu = 0; zok = 0 }

inline checkJudge(g, size) {
#ifdef NAIVE_JUDGE
  za = 0; do :: za < ng -> assert(!(za != 0 && par[za] == g && parn[za] < size)); za++ :: else -> break od; za = 0
#else
  skip
#endif
}

inline open(g, from, size) { par[g] = from; parn[g] = size; wr[g] = 1; ng++ }

/* A backup that nobody can come back from any more is forgotten. */
inline forgetBackup() {
  if :: nrest == NS && (NC == 0 || cgen != NONE) -> CLEAR(bak); CLEAR(bdec); bakg = 0; hasbak = false :: else fi }

/* zbit: whether R sets the chain bit when it acknowledges generation g. */
inline chainBit(g) {
  zbit = 1; zt = g;
  do :: zbit == 0 || zt == 0 -> break
     :: else ->
          zsize = parn[zt];
#ifdef CHAIN_ANY
          za = 1;
          do :: za < ng -> if :: par[za] == par[zt] && rec[za] > 0 && parn[za] < zsize -> zsize = parn[za] :: else fi; za++
             :: else -> break
          od;
          za = 0;
#endif
          if :: rec[par[zt]] < zsize -> zbit = 0 :: else -> zt = par[zt] fi
  od;
  zt = 0; zsize = 0 }

/* S believes generation w of R: it holds so much of g and, with the chain bit, all that the chain before g states. */
inline believe(w, g, size, chain) {
  RAISE(BELIEVED(w, g), size);
#ifdef CHAIN_ALL
  if :: chain -> za = 0; do :: za < g -> RAISE(BELIEVED(w, za), hold[za]); za++ :: else -> break od; za = 0 :: else fi
#else
  zt = (chain -> g : 0);
  do :: zt == 0 -> break
     :: else -> RAISE(BELIEVED(w, par[zt]), parn[zt]); zt = par[zt]
  od
#endif
}

/* c2 */
#ifdef WIDE
#define BELIEF_COUNTS(w) (cur == rgen && (w) == rgen)
#define HEARD rgen
#else
#define HEARD 0
#define BELIEF_COUNTS(w) true
#endif
inline checkBelief(w) {
  za = 0; do :: za < ng -> assert(!BELIEF_COUNTS(w) || BELIEVED(w, za) <= rec[za] || hold[za] <= rec[za]); za++ :: else -> break od; za = 0 }

active proctype P() {
  byte k, w;
  d_step { wr[0] = 1; hold[0] = 1; ng = 1 }
endloop:
  do
  /* S writes */
  :: d_step { hold[gen] < CAP(gen) -> assert(hold[gen] == wr[gen]); wr[gen]++; hold[gen]++; checkJudge(gen, wr[gen]) }      /* c1 */

  /* S takes back the next entry of a generation that it does not write: what its own full signature covers, and R returns */
  :: atomic { select(k : 0 .. (G-1)); d_step {
       if :: k < ng && k != gen && hold[k] < CAP(k) &&
#if defined(UNSIGNED)
             true ->
#elif defined(LIGHT)
             (hold[k] < COVERED(k) || stolen) ->
#else
             hold[k] < COVERED(k) ->
#endif
               assert(hold[k] < wr[k]); hold[k]++;                                                                         /* c5 */
#ifdef DECL_LITERAL
               if :: dec[k] != 0 -> dec[k] = hold[k]+1 :: else fi;
#endif
               checkJudge(k, hold[k]); checkLost(); checkBelief(HEARD)
          :: else
       fi; k = 0 } }
#ifdef LIGHT
  :: d_step { !stolen -> stolen = true }
#endif
  :: d_step { nrest < NS || (NC == 1 && cgen == NONE) -> COPY(bak, hold); COPY(bdec, dec); bakg = gen; hasbak = true }

  /* S starts anew from what it has, or is restored from the backup */
#ifndef KEEPGEN
  :: d_step { nrest < NS -> nrest++; open(ng, gen, hold[gen]); gen = ng-1; hold[gen] = 1; forgetBackup() }
#endif
  :: d_step { hasbak && nrest < NS -> nrest++; COPY(hold, bak); COPY(dec, bdec);
       if :: dec[bakg] == 0 || dec[bakg] > hold[bakg]+1 -> dec[bakg] = hold[bakg]+1 :: else fi;
#ifdef KEEPGEN
       gen = bakg;
#else
       gen = ng; open(gen, bakg, hold[bakg]); hold[gen] = 1;
#endif
#ifdef WIDE
       za = 0; do :: za < (1+NR)*G -> table[za] = 0; za++ :: else -> break od; za = 0; cur = NONE;
#endif
       checkJudge(bakg, wr[bakg]); checkLost(); forgetBackup() }

  /* a clone of the running disk, or of the backup, goes on beside it */
  :: d_step { NC == 1 && cgen == NONE && ng < G -> cgen = ng; open(cgen, gen, hold[gen]);
#ifdef WIDE
       COPY(chold, hold); chold[cgen] = 1;
#else
       wr[cgen] = N1;
#endif
       checkJudge(par[cgen], wr[par[cgen]]); forgetBackup() }
  :: d_step { NC == 1 && cgen == NONE && ng < G && hasbak -> cgen = ng; open(cgen, bakg, bak[bakg]);
#ifdef WIDE
       COPY(chold, bak); chold[cgen] = 1;
#else
       wr[cgen] = N1;
#endif
       checkJudge(bakg, wr[bakg]); forgetBackup() }

  /* R takes the next entry of a generation */
  :: atomic { select(k : 0 .. (G-1)); d_step { if :: k < ng && rec[k] < wr[k] -> rec[k]++ :: else fi; k = 0 } }

#ifndef WIDE
  /* R is restored, to whatever it held earlier: it loses the last entry of one generation, and does so again */
  :: atomic { select(k : 0 .. (G-1)); d_step { if :: rec[k] > 0 -> rec[k]--; CLEAR(acked) :: else fi; k = 0 } }
  /* S hears an acknowledgement of R's living generation, for a generation that S knows */
  :: atomic { select(k : 0 .. (G-1)); d_step {
       if :: rec[k] > 0 && hold[k] > 0 -> chainBit(k); believe(0, k, rec[k], zbit); checkBelief(0) :: else fi; zbit = 0; k = 0 } }
#else
  :: d_step { cgen != NONE && chold[cgen] < N1 -> assert(chold[cgen] == wr[cgen]); wr[cgen]++; chold[cgen]++ }            /* c1 */
  :: atomic { select(k : 0 .. (G-1)); d_step {
       if :: k < ng && k != cgen && cgen != NONE && chold[k] < COVERED(k) -> assert(chold[k] < wr[k]); chold[k]++ :: else fi; k = 0 } }   /* c5 */
  /* S, or its clone, signs in full what it holds of a generation */
  :: atomic { select(k : 0 .. (G-1)); d_step { if :: hold[k] > sig[k] -> sig[k] = hold[k] :: else fi; k = 0 } }
  :: atomic { select(k : 0 .. (G-1)); d_step { if :: chold[k] > sig[k] -> sig[k] = chold[k] :: else fi; k = 0 } }
  :: d_step { rgen < NR -> COPY(rbak, rec); rbakg = rgen; rhasbak = true }
  :: d_step { rhasbak && rgen < NR ->
       zu = 0;
       do :: zu < G -> chainBit(zu); dead[rgen*G+zu] = rec[zu];
               if :: rec[zu] > 0 && zbit -> deadchain[rgen] = deadchain[rgen] | (1 << zu) :: else fi; zu++
          :: else -> break
       od;
       zu = 0; zbit = 0; COPY(rec, rbak); rgen++; rpar[rgen] = rbakg; line = 0;
       if :: rgen == NR -> CLEAR(rbak); rbakg = 0; rhasbak = false :: else fi }
  /* S hears an acknowledgement of any generation that R has had, for one that S knows */
  :: atomic { select(w : 0 .. NR); select(k : 0 .. (G-1)); d_step {
       if :: w == rgen && rec[k] > 0 -> chainBit(k); zsize = rec[k]
          :: w < rgen -> zsize = dead[w*G+k]; zbit = (deadchain[w] >> k) & 1
          :: else -> zsize = 0
       fi;
       if :: zsize > 0 && hold[k] > 0 ->
#ifdef LASTHEARD
               if :: w != cur -> assert(cur != rgen); cur = w :: else fi;                                                 /* c6 */
#endif
#ifdef PREDRULE
               /* S goes over to any generation of R that the openings do not show to be before the one it takes as current */
               za = cur; zok = (cur != NONE && w == cur);
               do :: za == NONE || za == 0 -> break :: else -> za = rpar[za]; if :: za == w -> zok = 1 :: else fi od; za = 0;
               if :: zok == 0 -> assert(cur != rgen); cur = w :: else fi; zok = 0;                                        /* c6 */
#endif
#ifdef NOACKGEN
               believe(0, k, zsize, zbit);
               za = 0; do :: za < ng -> assert(BELIEVED(0, za) <= rec[za] || hold[za] <= rec[za]); za++ :: else -> break od
#else
               believe(w, k, zsize, zbit); checkBelief(w)
#endif
          :: else
       fi; za = 0; zt = 0; zsize = 0; zbit = 0; k = 0; w = 0 } }
  /* ... and the answer to a fresh challenge: only the living generation can give it */
  :: d_step { cur != rgen -> cur = rgen; checkBelief(rgen) }
#ifdef ONE_LINE
  :: atomic { select(k : 0 .. (G-1)); d_step { if :: rec[k] > 0 -> assert(rec[k] >= line); line = rec[k] :: else fi; k = 0 } }
#endif
#endif
  od
}
