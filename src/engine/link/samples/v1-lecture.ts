/** Version 1 with branches, notes and checkpoints; and a run with its recording. They must be read the same for ever. Never change this file. */

/** A fragment: a recipe with two branches, two notes and checkpoints. */
export const LECTURE = '#1/r/vAEA9cLc7aVSwW6cMBD9FTS5tBFNl002dFHUS05RK_WQXKruqjIwgLtgI9vsBq349z6Dm6jKMVyw38y8mffGZzqysVIrypKYDBeyZ8r-R1nVUgHFsTe6NqKzlP06kxIdUGq4bTXF1Ajb4Cre-YFJmPqIDjTqgfbTPqZKtux74mhdKTEWIc25kbJKtJb9jL7Cx5lLytKYpOoHt2CDckYUHg_Z-VDWjOCZ-MjKgTrZrPwXU9EPuM2XgOjBzUzJbZqm6-TWzyAcd6Hw-madAP8yAS-M7JFJ4iSki1Y7RUBzI1TRzPO_eHaSrgFvdDLSMaT0woCOsk_wWOB_HVOpfcmZDlJhcKq08QrgxXJAJCRWGAYJ9iB7hA3boUUAA01T_NIwH6NGgOi1FZR5gs2bTiFv_sG-yS-gGIzVZplL1my9yDIp0s0qzatkLbZitUUNZBaHXsvZmVdzsQ07-EdD2z_dw-9Ufru_P9z8fBzz9aPujk-VUN_Ns_dKaReMCuIcP_teFxfRU8NRJY11USHadqd26iH4Z6PL-Q1eXoFiqYSqUPlDtWP0z24HjrnkKrpblvVVtGzch-Tj3ecAQMaysTdrmvbTXw'

/** A fragment: a recording, with a note. */
export const RECORDING = '#1/t/ZgIAgVECbKVS23KbMBD9FY_ylnE6QCAyfsN2Sn2L60uS2k2mI0BgmYswEmDs8b93RTLT6UOfqhftHu3u2T3aC6poIRjPUF_vooL6LKeo_zdKs4hlgIKZFzwqSCpQ_-cFZSQFFO1pknDURXsi9uCS_zxQiRRRBQyo4SV6v753UcgSqjjBFDJg0BaCMCkb1A9JIqjqUWWod0oD1MddxLK8lB9YmcmC-Ar_jPbKIKLweEG0opmE0rqlqdNFfl6C1zqfCC9lW0l_wBgb-oPqgUiafibem4YOeO8KuF-wHCIRqQmTHe0tQ4D6ZSF4gfr3XRSwiAoVEOg-tjTshbpBbKLZMI2_p36cc9ZW_dMYTCJKJTiyD-n4F2bT4TA2t-vGM9Y8rTYhyWbFSfFkXLYiXRABCmCT9KS4bm46mz3thKwQsuOTJHnL3rKx7NQFg4TObft_t1-QEhoWgBeBUgo6yNorZupG9ATRQTsPBz3bHoXkORimyjuWMBk4SkLgAMtQnYucZmqRPsK8Bhi_UxorBg1q_VMQSi2sEVsjNAh71DLMBxNbxMO4Z_uhrfU8Yli-aWHfwp5h6aZaB-K1W4K2RhBtncjdxjt3km7THbPcAduaO2c5dZrX6HFeu85heHCWNa7dehyPJ2zE9hCzGz_Ncj9ci-MqCufPE_7yXPPUskeVM_2WLe_Y0HoZ3dHoEIhVfKz2-nB1V7vaaeIUTvUo44EY9DblclEP4nIUz4bJdPNoSo2JfBevUoEnab7wYmv0NCCvXtpUp_VXQRZ03cxn4dP2nEfa2Z0PFjxanaPJcebbP9aPeN6sEzc4Rw66Xn8D'

/** The same recording as a file. */
export const RECORDING_FILE = String.raw`{
  "version": 1,
  "recipe": {
    "version": 1,
    "engine": 1,
    "programs": [
      {
        "name": "hello",
        "hash": "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa",
        "argv": [
          "you"
        ]
      }
    ],
    "files": [],
    "stdin": "",
    "tty": false,
    "env": [],
    "seed": 7,
    "input": [],
    "untraced": false,
    "budget": {
      "events": 1500000,
      "cpu": 10000000000,
      "output": 16777216,
      "statements": 134217728
    },
    "script": "await 0\n"
  },
  "cursor": 3,
  "digest": "d1c7507bf12a9a09",
  "checkpoints": {
    "events": 7,
    "sums": "9jmI_7iKCCk4YSyb2SomvTfanLrx"
  },
  "notes": [
    {
      "at": 3,
      "text": "## The first call\n\nIt writes *hello*."
    }
  ],
  "recorded": {
    "end": {
      "kind": "exited"
    },
    "counts": {
      "stops": 4,
      "requests": 0,
      "calls": 2,
      "suspensions": 4,
      "bytesPeeked": 0
    },
    "digest": "d1c7507bf12a9a09ee570a90aedf8e5246475ab7789cf908ba25c457c57b2514",
    "tables": "Y2dgYAgGYkZGJmYmZi5GBiY4ZAQKAyWgEMwGAjCjAQw7wGwIkIJiDihGBiZINLpcfSsqRgfMUJoVUwom59DvAKHnQ-iC5VD-egjdsRkqvh1CR-wG0xJArAvEtkBsB8TuQOwBkuDkLClKTE4t0ispZkRms7JmpObk5DNBaWbmyvxSFsaOeSyMLfNYzpg0zGMBOogRzgJqLc9XSE7MySlGdzgA"
  }
}
`

/** A recording as the page keeps it (SKIPREC), in base64url. */
export const SKIPREC = 'U0tJUFJFQwGlUr2O1DAQTvZHcDwBguY0dUBJLlnvRgJdByUSDRJc4SSTrHXZJCTOHqtoxRUgbccbLCUlBQUFr8BDMXbMaW-vvLFG3_gbe_yN7acjy-pBNjxBiDwHGkxETWEPa2xaUZWaxTIX5bAgEwW2EL2_cKCVqaA8gANSbiDKeNGiWrw2ecQUIuaAKOtODlxX6rOIN6vjLs2Rkj3gGktJpb3QVeZAUnc00xPDVJ3UlbwZY8z3ZkoDl7gyG88C3yN-vnWgbqq84SultIeSr0g8LLEoKhK75O2SpvyeRpV4k6teYVN1cLFVLSeNqEkg8Csu5Kn7oQQSgyX128OlUAj4SUi6AOKTiq6DJPbURlVTEKgH-Nhhq1h1A7woKPKpcNfWWKoHGZbFG4ntG8RLdZUu1UpFTtuofOolLHRZnHk-X3B3gRgyly9cjmk2x9APZgELeczYfJFkC3cecz9MgpAlIYv90AuoraRr2qqB6Gz7wLKst-S2PRqPxo9sa3QzbKIpYYaOyXRwrcdOx4M9Mf7Q-KEFB3ic-_z1th_b2OD0bup_7vzb-YDfB6x_mPnPAXe_DP97wHd_ND4mf0b-gvwl-Svy1ypxcqJ_cPNctvZhPJ3q_zUyOB7Tp5jYu_3E_rKf_A2u9xMSZN9EtPWqOtUPfCz8Hw'

/** The address of an exercise with an answer. */
export const ANSWER = '#ex=first/5oLB1KtWKkstKs7Mz1OyMtRRSswrLk8tUrKqVipOLsosKFGyUkosT8wsUTCIyVPSUSpKLcjJTC0GyRcCpQyNlGprawE'
